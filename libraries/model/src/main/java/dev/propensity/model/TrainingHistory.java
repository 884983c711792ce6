package dev.propensity.model;

import java.util.List;
import java.util.SortedMap;

/**
 * How training went: {@code training.json}.
 *
 * @param history of each watched metric, its value after each round
 * @param importance of each feature, its share of the gain
 * @param validation metrics on the validation split
 */
public record TrainingHistory(
    SortedMap<String, List<Double>> history,
    SortedMap<String, Double> importance,
    SortedMap<String, Double> validation) {}
