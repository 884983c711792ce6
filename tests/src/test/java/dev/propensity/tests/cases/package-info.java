/**
 * Awkward tables, each sent through every entry point that reads rows. {@code EntryPoints} runs
 * them, {@code VerdictsTest} compares what happened with a golden file.
 */
package dev.propensity.tests.cases;
