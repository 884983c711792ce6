/**
 * The parts of reports: one self-contained HTML page, and plots as SVG.
 *
 * <p>Start with {@link dev.propensity.report.HtmlPage} and {@link dev.propensity.report.SvgPlot}.
 * Independent of the content; it depends on no other module.
 */
@NullMarked
package dev.propensity.report;

import org.jspecify.annotations.NullMarked;
