package dev.propensity.tasks.teardown.resource;

/**
 * Something whose name looks like the stage's and whose tags say otherwise.
 *
 * @param name as people know it
 * @param why what of its tags says so
 */
public record SkippedResource(String name, String why) {}
