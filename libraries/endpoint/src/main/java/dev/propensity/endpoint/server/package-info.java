/**
 * The project's own server as an endpoint.
 *
 * <p>It is {@link dev.propensity.endpoint.server.ServerEndpoint} alone. Depends on {@code
 * endpoint}.
 */
@NullMarked
package dev.propensity.endpoint.server;

import org.jspecify.annotations.NullMarked;
