package dev.propensity.dataset.request;

import org.jspecify.annotations.Nullable;

/**
 * A row of a request that an endpoint answered, before it is encoded: its cells are those that the
 * endpoint encoded, without the blanks around them.
 *
 * @param identifier null if the row has none
 * @param cells by column of the encoder; null where there is none
 */
public record RequestRow(@Nullable String identifier, @Nullable String[] cells) {}
