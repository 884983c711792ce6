package dev.propensity.dataset.specification;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.jspecify.annotations.Nullable;

/** How rows are assigned to the splits. Its JSON has no type: the keys show which rule it is. */
@JsonTypeInfo(use = JsonTypeInfo.Id.DEDUCTION)
@JsonSubTypes({@JsonSubTypes.Type(HashSplit.class), @JsonSubTypes.Type(TimeSplit.class)})
public sealed interface SplitRule permits HashSplit, TimeSplit {
  /** The seed of everything that is drawn for the dataset. */
  long seed();

  /** The column that decides a row's split; null where its identifier or its features do. */
  @Nullable String column();

  /** The rule in a few words, for errors. */
  String description();

  /** The rule as a sentence, for the model card. */
  String sentence();

  /** The same of a model that was trained on all rows outside the test split. */
  default String sentenceWithoutValidation() {
    return sentence();
  }

  /**
   * Whether a model that was trained by this rule, on train or on train and validation rows, has
   * not been trained on the test rows of the other rule, so that the two can be compared on them.
   */
  boolean trainsOutsideTestOf(SplitRule other);
}
