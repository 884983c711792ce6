package dev.propensity.tasks.teardown.resource;

/**
 * Something that is there and bears the stage's tags.
 *
 * @param name as people know it
 * @param id what requests name it by: a name or an ARN
 * @param detail what a person wants to know of it, empty where there is nothing
 * @param cost what it costs to keep
 */
public record Resource(String name, String id, String detail, Cost cost) {}
