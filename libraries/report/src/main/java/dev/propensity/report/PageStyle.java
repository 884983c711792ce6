package dev.propensity.report;

/** The style of all reports as CSS. */
final class PageStyle {
  /** The colors by their names, light and dark. */
  static final String COLORS =
      """
      :root { color-scheme: light dark; --text: #1b1f24; --quiet: #57606a; --line: #d0d7de;
        --page: #ffffff; --card: #f6f8fa; --mark: #0b6bcb; --alert: #b42318; }
      @media (prefers-color-scheme: dark) { :root { --text: #e6edf3; --quiet: #9da7b3;
        --line: #30363d; --page: #0d1117; --card: #161b22; --mark: #58a6ff; --alert: #ff7b72; } }
      """;

  /** The rules of all pages, with the colors. */
  static final String RULES =
      COLORS
          + """
          * { box-sizing: border-box; }
          body { margin: 0 auto; max-width: 72rem; padding: 1.5rem; color: var(--text);
            background: var(--page); font: 1rem/1.5 system-ui, sans-serif; }
          h1 { font-size: 1.6rem; line-height: 1.25; } h2 { margin-top: 2.5rem; font-size: 1.25rem; }
          h3 { margin-top: 1.75rem; font-size: 1rem; }
          p { max-width: 45rem; } .quiet { color: var(--quiet); } .alert { color: var(--alert); }
          .wide { overflow-x: auto; margin: 0 0 1rem; }
          table { border-collapse: collapse; font-size: .9rem; }
          caption { text-align: left; color: var(--quiet); padding: .25rem 0; }
          th, td { padding: .35rem .75rem; border-bottom: 1px solid var(--line); text-align: left;
            vertical-align: top; }
          thead th { background: var(--card); white-space: nowrap; } tbody th { font-weight: 600; }
          .number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
          svg { max-width: 100%; } .mark { fill: var(--mark); }
          @media print { body { max-width: none; } }
          """;

  /** The rules of boxes, for pages that have one. */
  static final String BOXES =
      """
      :root { --caution: #9a6700; }
      @media (prefers-color-scheme: dark) { :root { --caution: #d29922; } }
      .box { padding: .6rem 1rem; border: 1px solid var(--line); border-left: .35rem solid;
        border-radius: .25rem; background: var(--card); overflow-wrap: anywhere; }
      .box.caution { border-left-color: var(--caution); } .caution strong { color: var(--caution); }
      .box.alert { border-left-color: var(--alert); color: var(--text); }
      .alert strong { color: var(--alert); }
      """;

  private PageStyle() {}
}
