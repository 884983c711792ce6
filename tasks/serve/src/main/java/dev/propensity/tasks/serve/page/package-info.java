/**
 * The web page on which an analyst drops a file.
 *
 * <p>Start with {@link dev.propensity.tasks.serve.page.PageFiles}; the page itself is in the
 * resources.
 */
@NullMarked
package dev.propensity.tasks.serve.page;

import org.jspecify.annotations.NullMarked;
