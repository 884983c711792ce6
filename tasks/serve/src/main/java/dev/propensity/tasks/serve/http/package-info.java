/**
 * What all routes share: errors as problem documents, API keys, headers, the request log,
 * connections.
 *
 * <p>Start with {@link dev.propensity.tasks.serve.http.Problem}. Depends on no other package of the
 * server.
 */
@NullMarked
package dev.propensity.tasks.serve.http;

import org.jspecify.annotations.NullMarked;
