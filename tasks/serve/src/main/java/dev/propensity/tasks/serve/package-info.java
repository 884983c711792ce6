/**
 * The server of a model: an application of its own.
 *
 * <p>Start with {@link dev.propensity.tasks.serve.EndpointServer}, which lists the routes. Every
 * route has a package: {@code rows} scores requests, {@code upload} files, {@code page} is the web
 * page.
 */
package dev.propensity.tasks.serve;
