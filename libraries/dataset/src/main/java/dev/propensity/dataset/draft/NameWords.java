package dev.propensity.dataset.draft;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What the name of a column says about it, in English and some German. */
final class NameWords {
  private static final Set<String> LABELS = Set.of("y", "label", "target", "outcome", "response");
  private static final Set<String> LABEL_WORDS =
      Set.of(
          ("label class target response outcome churn churned default defaulted bought buy buys purchase"
                  + " purchased converted conversion convert clicked click subscribed subscribe"
                  + " survived fraud fraudulent approved approve approval rejected reject attrition"
                  + " exited cancelled canceled renewed renewal accepted accept sold success"
                  + " readmitted spam malignant deposit respond responded responder lapsed lapse"
                  + " gekauft kauf abschluss kündigung gekündigt storno")
              .split(" "));
  private static final Set<String> CODES =
      Set.of(
          ("code codes channel region zip zipcode postal postcode plz branch msa category cat type"
                  + " class segment cluster store shop product sku county district kanal filiale")
              .split(" "));
  private static final Set<String> QUANTITIES =
      Set.of(
          ("age alter year years month months day days week weeks hour hours minute minutes second"
                  + " seconds count number num qty quantity amount income salary price premium"
                  + " balance duration tenure vintage visits calls distance size area length weight"
                  + " height score rate total sum cost revenue usage betrag anzahl preis umsatz")
              .split(" "));
  private static final Set<String> NOT_NEGATIVE =
      Set.of(
          ("age alter years months days weeks hours minutes seconds count qty quantity amount price"
                  + " premium duration tenure vintage visits calls distance area length weight"
                  + " height usage anzahl preis")
              .split(" "));
  private static final Set<String> AMOUNTS =
      Set.of("number", "num", "n", "count", "total", "sum", "mean", "average", "avg", "anzahl");
  private static final Set<String> SIGNED =
      Set.of(
          ("change delta diff difference growth trend net balance profit margin temperature temp"
                  + " celsius degrees saldo gewinn temperatur")
              .split(" "));
  private static final Set<String> TIMES =
      Set.of(
          "date datum time timestamp datetime since month year week day zeit monat jahr"
              .split(" "));
  private static final Set<String> IDENTIFIERS = Set.of("id", "ids", "identifier", "uuid", "guid");
  private static final Set<String> NUMBERS = Set.of("number", "no", "nr", "num");

  /** Those whose numbers identify them. */
  private static final Set<String> NUMBERED =
      Set.of(
          ("account policy customer client user member contract order invoice card case ticket"
                  + " subscriber household person patient konto kunden kunde vertrag vertrags"
                  + " police")
              .split(" "));

  /** In English, German, French, Spanish, Italian, Portuguese and Dutch. */
  private static final Set<String> SENSITIVE =
      Set.of(
          ("gender sex race ethnicity ethnic religion religious nationality citizenship disability"
                  + " disabled marital pregnant pregnancy geschlecht konfession nationalität"
                  + " staatsangehörigkeit staatsbürgerschaft behinderung familienstand sexe ethnie"
                  + " nationalité handicap género sexo etnia religión nacionalidad discapacidad"
                  + " sesso religione nazionalità disabilità raça religião nacionalidade geslacht"
                  + " nationaliteit godsdienst")
              .split(" "));

  private NameWords() {}

  /**
   * The words of a name: {@code Policy_Sales_Channel} and {@code policySalesChannel} have three.
   */
  static List<String> of(String name) {
    String spaced = name.replaceAll("(?<=\\p{Ll})(?=\\p{Lu})|[^\\p{L}\\p{N}]+", " ");
    return Arrays.asList(spaced.strip().toLowerCase(Locale.ROOT).split(" "));
  }

  private static boolean has(String name, Set<String> words) {
    return of(name).stream().anyMatch(words::contains);
  }

  /** How much the name is that of a label: 2 entirely, 1 in a word, 0 not at all. */
  static int labelRank(String name) {
    if (LABELS.contains(name.strip().toLowerCase(Locale.ROOT))) {
      return 2;
    }
    return has(name, LABEL_WORDS) ? 1 : 0;
  }

  private static String last(String name) {
    List<String> words = of(name);
    return words.get(words.size() - 1);
  }

  /** Whether it names codes, whose order has no meaning. */
  static boolean isCode(String name) {
    return has(name, CODES) && !isQuantity(name);
  }

  /** Whether it names a quantity: the last word decides, {@code product_count} is one. */
  static boolean isQuantity(String name) {
    return QUANTITIES.contains(last(name))
        || AMOUNTS.contains(of(name).get(0))
        || has(name, QUANTITIES) && !CODES.contains(last(name));
  }

  /** Whether it names a quantity that cannot be negative. */
  static boolean isNotNegative(String name) {
    return isQuantity(name) && has(name, NOT_NEGATIVE) && !isSigned(name);
  }

  /** Whether it names a quantity that is often negative. */
  static boolean isSigned(String name) {
    return has(name, SIGNED);
  }

  /** Whether it names an attribute by which models must not discriminate. */
  static boolean isSensitive(String name) {
    return has(name, SENSITIVE);
  }

  static boolean isTime(String name) {
    return has(name, TIMES);
  }

  /** Whether it names what identifies a row, a customer or the like. */
  static boolean isIdentifier(String name) {
    List<String> words = of(name);
    String whole = String.join("", words);
    if (whole.matches(
        "nr|no|number|key|index|rownames|idcode|(customer|user|client|kunden)(id|nr)")) {
      return true;
    }
    boolean number =
        words.size() > 1
            && NUMBERS.contains(last(name))
            && NUMBERED.contains(words.get(words.size() - 2));
    return number || IDENTIFIERS.contains(last(name));
  }

  /** Whether it names a number of something, which identifies it if no other row has it. */
  static boolean isNumbering(String name) {
    return of(name).size() > 1 && NUMBERS.contains(last(name));
  }
}
