/**
 * The content of {@code datasets/<name>.yaml}: source, columns and their rules, split, learner,
 * release policy.
 *
 * <p>Start with {@link dev.propensity.dataset.specification.DatasetSpec}. {@code SpecParser} reads
 * the YAML and collects all errors with their lines. Depends on no other package of this module.
 */
@NullMarked
package dev.propensity.dataset.specification;

import org.jspecify.annotations.NullMarked;
