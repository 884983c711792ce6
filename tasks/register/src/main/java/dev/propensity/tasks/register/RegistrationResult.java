package dev.propensity.tasks.register;

import dev.propensity.tracking.LedgerEntry;

/**
 * The result of a registration.
 *
 * @param decision what was decided, and why
 * @param entry the ledger entry of the candidate
 * @param created whether the entry was created now, or found
 * @param state the ledger's last entry
 */
record RegistrationResult(
    RegistrationDecision decision, LedgerEntry entry, boolean created, LedgerEntry state) {}
