/**
 * Whether the rows that endpoints score still look like those that the model was trained on.
 *
 * <p>Endpoints capture rows in segments ({@code capture}); what Amazon SageMaker captures is turned
 * into segments ({@code sagemaker}). A window of them is counted in the bins of the model's
 * baseline ({@code profile}), and compared with earlier windows ({@code drift}). Knows no S3;
 * depends on {@code dataset}, {@code model}, {@code table} and {@code foundation}.
 */
@NullMarked
package dev.propensity.monitoring;

import org.jspecify.annotations.NullMarked;
