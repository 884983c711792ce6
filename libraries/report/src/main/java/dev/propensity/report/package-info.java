/**
 * What reports for people are made of: one self-contained HTML page, and plots as SVG.
 *
 * <p>Start with {@link dev.propensity.report.HtmlPage} and {@link dev.propensity.report.SvgPlot}.
 * Nothing here knows what is shown; it depends on no other module.
 */
package dev.propensity.report;
