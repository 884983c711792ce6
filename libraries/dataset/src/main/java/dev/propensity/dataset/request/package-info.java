/**
 * The bodies of requests for scores: their content type, JSON's values as a table's cells, and the
 * rows of a request that was answered.
 *
 * <p>Start with {@link dev.propensity.dataset.request.RequestReader}. Depends on {@code encoder},
 * {@code rows} and {@code specification}.
 */
@NullMarked
package dev.propensity.dataset.request;

import org.jspecify.annotations.NullMarked;
