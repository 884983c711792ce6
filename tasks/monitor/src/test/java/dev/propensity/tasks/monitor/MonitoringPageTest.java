package dev.propensity.tasks.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.propensity.dataset.specification.DatasetSpec;
import dev.propensity.foundation.Digest;
import dev.propensity.model.Baseline;
import dev.propensity.monitoring.drift.Monitoring;
import dev.propensity.monitoring.drift.WindowCounts;
import dev.propensity.monitoring.profile.Profile;
import dev.propensity.tasks.collect.CapturedToys;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class MonitoringPageTest {
  private static final DatasetSpec SPEC =
      DatasetSpec.parse(
          CapturedToys.SPECIFICATION
              .replace("Who buys the toy?", "Who buys <the> toy?")
              .replace("kind: category}", "kind: category, sensitive: report}"),
          "toys.yaml");
  private static final Digest MODEL = Digest.of("a model");
  private static final Baseline BASELINE =
      Baseline.parse(
          """
          {"columns":{"age":{"kind":"number","missing":0,"numbers":{"counts":[100,100,100,100],
          "edges":[25,50,75]},"unseen":0},"town":{"kind":"category","missing":0,
          "positives":{"north":20,"south":60},"singletons":0,"unseen":0,
          "values":{"north":133,"south":267}}},"label_rate":0.2,"rows":400,"schema":2,
          "scores":{"counts":[200,200],"edges":[0.15]},"train_rows":400}
          """
              .getBytes(StandardCharsets.UTF_8),
          "baseline.json");

  private static final List<Monitoring.Group> GROUPS =
      List.of(
          new Monitoring.Group("town", "north", 4, 0.25, 0.25, 0.4, 0.5),
          new Monitoring.Group("town", "", 2, 0.125, 0, null, null));

  @Test
  void beginsWithTheVerdictAndTheNextStep() {
    String page = page(days(28), day(28).unseenBy(0.4));
    assertThat(page).contains("<strong class=\"headline\">Verdict: alarm (town)</strong>");
    assertThat(page.indexOf("Next step:"))
        .isBetween(page.indexOf("Verdict: alarm"), page.indexOf("<h2>Columns</h2>"));
    assertThat(page)
        .contains(
            "2,000 captured rows in the window 2026-03-30 (UTC), 2,000 of them answered by the"
                + " model "
                + MODEL.abbreviated(12)
                + ". Compared with the reference of 28 windows, from 2026-03-02 to 2026-03-29.")
        .contains("<strong>Gap.</strong> rows from 2026-03-30T00:00:00Z to 2026-03-30T00:01:00Z")
        .contains("5 answered rows were not captured")
        .contains("Who buys &lt;the&gt; toy?");
    assertThat(page.indexOf("<th scope=\"row\">town</th>"))
        .as("the column of the verdict, though another has a larger effect")
        .isLessThan(page.indexOf("<th scope=\"row\">age</th>"));
  }

  @Test
  void showsEachPart() {
    String page = page(days(30), day(30));
    assertThat(page)
        .contains("Verdict: quiet", "No action is needed.")
        .contains("<h2>Columns</h2>", "<h2>Scores</h2>", "<h2>Traffic</h2>")
        .contains("<h2>Rejected rows</h2>", "7 rows were rejected, 0.35% of those sent")
        .contains("<th scope=\"row\">age</th><td>minimum</td>")
        .contains("<h2>Control charts</h2>", "Score: mean rank", "Share of rejected rows")
        .contains("<h2>Groups</h2>", "town, compared with the reference", "town, scores")
        .contains(
            "<th scope=\"row\">north</th><td class=\"number\">4</td><td class=\"number\">0.2500</td>"
                + "<td class=\"number\">0.4000</td><td class=\"number\">25.00%</td>"
                + "<td class=\"number\">50.00%</td>")
        .contains("(missing)", "<td class=\"number\">–</td>")
        .contains("<h2>How each number was computed</h2>", "on one in 90 quiet windows")
        .contains("(unseen)")
        .contains("Lost: a queue or a disk was full</th><td class=\"number\">5</td>");
  }

  @Test
  void showsTheValuesWhileLearning() {
    String page = page(days(3), day(3));
    assertThat(page)
        .contains("Verdict: learning", "Compared with the 400 rows that the model was trained on")
        .contains("Limits need a reference of 28 windows: 3 are known.", "age: mean rank")
        .contains("<th scope=\"col\" class=\"number\">Training</th>")
        .doesNotContain("polyline class=\"limit\"", "age: distance");
  }

  @Test
  void aWindowWithoutRowsShowsTheTraffic() {
    String page = page(days(3), day(3).ofRows(0));
    assertThat(page)
        .contains("Verdict: no rows", "Check whether the endpoint gets requests")
        .contains("0 captured rows in the window", "<h2>Traffic</h2>", "No cell violated a rule.")
        .doesNotContain("<h2>Columns</h2>", "<h2>Scores</h2>", "<h2>Control charts</h2>", "NaN");
  }

  @Test
  void needsNothingFromElsewhereAndIsWellFormed() throws Exception {
    String page = page(days(30), day(30).unseenBy(0.4));
    assertThat(page).doesNotContain("http:", "https:", "<script", "<link", "<img", "url(", "NaN");
    String main = page.substring(page.indexOf("<main>"), page.indexOf("</main>") + 7);
    var document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(main)));
    List<String> ids = new ArrayList<>();
    var titles = document.getElementsByTagName("title");
    for (int i = 0; i < titles.getLength(); i++) {
      ids.add(titles.item(i).getAttributes().getNamedItem("id").getNodeValue());
    }
    assertThat(ids).hasSizeGreaterThan(9).doesNotHaveDuplicates();
  }

  @Test
  void isTheSameForTheSameWindows() {
    assertThat(page(days(30), day(30))).isEqualTo(page(days(30), day(30)));
  }

  private static ToyDay day(int number) {
    // Rows without a known town are a part of every day.
    return ToyDay.quiet(ToyMonitoring.day(number)).unseenBy(0.01);
  }

  private static List<ToyDay> days(int count) {
    List<ToyDay> days = new ArrayList<>();
    for (int number = 0; number < count; number++) {
      days.add(day(number));
    }
    return days;
  }

  private static String page(List<ToyDay> before, ToyDay last) {
    List<WindowCounts> counts =
        before.stream()
            .map(day -> WindowCounts.of(day.profile(MODEL, BASELINE), BASELINE))
            .toList();
    int reference = Math.min(28, counts.size());
    List<WindowCounts> since =
        reference < 28
            ? counts.subList(counts.size() - 1, counts.size())
            : counts.subList(28, counts.size());
    Profile profile = last.profile(MODEL, BASELINE);
    ComparedWindow compared =
        ComparedWindow.of(
            SPEC.monitor(), profile, BASELINE, counts.subList(0, reference), since, false, GROUPS);
    return new MonitoringPage(SPEC, compared).html();
  }
}
