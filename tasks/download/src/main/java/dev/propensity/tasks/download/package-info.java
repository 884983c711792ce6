/**
 * The task {@code download}: fetches a table from a file, S3, HTTP or Kaggle, or writes a synthetic
 * one, and checks its rows.
 *
 * <p>Start with {@link dev.propensity.tasks.download.DownloadTask}; a new kind of source is a
 * {@code Source}.
 */
@NullMarked
package dev.propensity.tasks.download;

import org.jspecify.annotations.NullMarked;
