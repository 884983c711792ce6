/**
 * The option {@code --endpoint}: which endpoint a text names.
 *
 * <p>It is {@link dev.propensity.endpoint.option.Endpoints} alone, which knows all kinds of
 * endpoints: a new kind is a new package and a line there.
 */
@NullMarked
package dev.propensity.endpoint.option;

import org.jspecify.annotations.NullMarked;
