package dev.propensity.dataset.encoder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

class WordIndexTest {

  @Property
  void numbersWordsInTheOrderInWhichTheyCame(@ForAll @Size(max = 300) List<String> words) {
    WordIndex index = new WordIndex(words);
    List<String> distinct = new ArrayList<>(new LinkedHashSet<>(words));
    assertThat(index.size()).isEqualTo(distinct.size());
    for (int i = 0; i < distinct.size(); i++) {
      char[] text = ("<" + distinct.get(i) + ">").toCharArray();
      assertThat(index.find(text, 1, text.length - 2)).isEqualTo(i);
      assertThat(index.word(i)).isEqualTo(distinct.get(i));
      assertThat(index.find(text, 0, text.length)).isEqualTo(distinct.indexOf(new String(text)));
    }
  }
}
