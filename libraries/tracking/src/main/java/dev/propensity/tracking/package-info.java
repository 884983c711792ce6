/**
 * MLflow's runs and registered models, and the release ledger, which the registry mirrors.
 *
 * <p>Start with {@link dev.propensity.tracking.Tracking} for MLflow, and with {@link
 * dev.propensity.tracking.ReleaseLedger} for releases. Depends on {@code storage}.
 */
@NullMarked
package dev.propensity.tracking;

import org.jspecify.annotations.NullMarked;
