/**
 * The option {@code --endpoint}: which endpoint a text names.
 *
 * <p>It is {@link dev.propensity.endpoint.option.Endpoints} alone, which knows all kinds of
 * endpoints: a new kind is a package of its own and a line there.
 */
package dev.propensity.endpoint.option;
