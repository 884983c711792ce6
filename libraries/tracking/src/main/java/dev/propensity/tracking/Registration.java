package dev.propensity.tracking;

import java.util.List;

/**
 * What MLflow's registry has of one dataset's models from one place.
 *
 * @param model the registered model's name
 * @param versions MLflow's numbers of the versions whose files lie there
 * @param complete whether these are all of its versions
 */
public record Registration(String model, List<Integer> versions, boolean complete) {}
