package dev.propensity.monitoring.drift;

import java.util.List;

/**
 * What a window is of.
 *
 * @param name of the dataset, with origin
 * @param model the digest of the model
 * @param window its name, such as {@code 2026-11-29}
 * @param gaps times without capture, in words
 * @param warnings about the window
 */
public record Subject(
    String name, String model, String window, List<String> gaps, List<String> warnings) {}
