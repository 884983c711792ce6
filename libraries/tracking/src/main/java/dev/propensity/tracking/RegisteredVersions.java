package dev.propensity.tracking;

import java.util.List;

/**
 * The versions of a registered model in MLflow whose files are at one location.
 *
 * @param model the registered model's name
 * @param versions MLflow's numbers of the versions whose files are there
 * @param complete whether these are all of its versions
 */
public record RegisteredVersions(String model, List<Integer> versions, boolean complete) {}
