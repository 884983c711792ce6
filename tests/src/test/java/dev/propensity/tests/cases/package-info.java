/**
 * Awkward tables, each sent through every entry point that reads rows. {@code EntryPoints} runs
 * them, {@code VerdictsTest} compares the verdicts with a golden file.
 */
package dev.propensity.tests.cases;
