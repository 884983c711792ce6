package dev.propensity.tasks.teardown.resource;

/**
 * A resource whose name looks like the stage's, but without its tags.
 *
 * @param name for messages
 * @param why the reason, from its tags
 */
public record SkippedResource(String name, String why) {}
