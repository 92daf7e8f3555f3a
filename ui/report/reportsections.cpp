// SPDX-License-Identifier: GPL-3.0-or-later
//! Verdict, numbers, counter-examples, invariants, charts and the order they stand in.
#include "ui/report/reportsections.h"

#include "ui/report/reportstyle.h"
#include "ui/report/runwords.h"
#include "ui/report/svgchart.h"
#include "ui/shared/format.h"
#include "ui/shared/words.h"

#include <QtCore/QCoreApplication>

#include <algorithm>

namespace tallystick::sections {

namespace {

struct ReportSections
{
    Q_DECLARE_TR_FUNCTIONS(ReportSections)
};

/// Ids may be written right to left or hold anything: isolated, so that they disturb nothing.
QString idCell(const QString& id)
{
    return QStringLiteral("<bdi>%1</bdi>").arg(escaped(id));
}

QString bigNumber(const QString& caption, const QString& value)
{
    return QStringLiteral("<div><span class=\"quiet\">%1</span><b>%2</b></div>")
        .arg(escaped(caption), escaped(value));
}

} // namespace

QByteArray page(const QString& title, const QString& body)
{
    return QStringLiteral("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"/>"
                          "<meta name=\"viewport\" content=\"width=device-width\"/>"
                          "<title>%1</title><style>%2</style></head><body>%3<main>%4</main>"
                          "</body></html>\n")
        .arg(escaped(title), reportStyleSheet(), hatchDefinition(), body)
        .toUtf8();
}

QString heading(const QString& text)
{
    return QStringLiteral("<h2>%1</h2>").arg(escaped(text));
}

QString panel(const QString& content)
{
    return QStringLiteral("<div class=\"panel\">%1</div>").arg(content);
}

QString legend(const CurveChart& chart)
{
    QString entries;
    for (const Curve& curve : chart.curves)
        if (!curve.points.isEmpty())
            entries += QStringLiteral("<span><i class=\"bg%1\"></i>%2</span>")
                           .arg(static_cast<int>(curve.ink))
                           .arg(escaped(curve.name));
    return QStringLiteral("<div class=\"legend\">%1</div>").arg(entries);
}

QString row(const QStringList& cells, const char* columns, const char* cssClass)
{
    QString markup = QStringLiteral("<tr class=\"%1\">").arg(QLatin1String(cssClass));
    const QLatin1String kinds(columns);
    for (qsizetype i = 0; i < cells.size(); ++i) {
        const bool isNumber = i < kinds.size() && kinds[i] == QLatin1Char('n');
        markup += (isNumber ? QStringLiteral("<td class=\"n\">") : QStringLiteral("<td>")) +
                  cells[i] + QStringLiteral("</td>");
    }
    return markup + QStringLiteral("</tr>");
}

QString table(const QStringList& heads, const char* columns, const QString& rows)
{
    QString markup = QStringLiteral("<table><thead><tr>");
    const QLatin1String kinds(columns);
    for (qsizetype i = 0; i < heads.size(); ++i) {
        const bool isNumber = i < kinds.size() && kinds[i] == QLatin1Char('n');
        markup += (isNumber ? QStringLiteral("<th class=\"n\">") : QStringLiteral("<th>")) +
                  escaped(heads[i]) + QStringLiteral("</th>");
    }
    return markup + QStringLiteral("</tr></thead><tbody>") + rows +
           QStringLiteral("</tbody></table>");
}

QString verdictChip(Verdict verdict)
{
    return QStringLiteral("<span class=\"chip %1\">%2</span>")
        .arg(nameOf(verdict), escaped(words::word(verdict)));
}

QString titleOf(const Report& report)
{
    const Scenario& scenario = report.scenario;
    return escaped(scenario.title.isEmpty() ? scenario.name : scenario.title);
}

QString lasted(const Report& report)
{
    return format::duration(static_cast<qint64>(report.seconds * 1e6));
}

QString verdict(const Report& report)
{
    QString reasons;
    for (const QString& sentence : reasonSentences(report))
        reasons += QStringLiteral("<li>%1</li>").arg(escaped(sentence));
    if (!reasons.isEmpty())
        reasons = QStringLiteral("<ul>%1</ul>").arg(reasons);
    return QStringLiteral("<div class=\"card %1\"><div class=\"word\">%2</div><p>%3</p>%4</div>")
        .arg(nameOf(report.verdict), escaped(words::word(report.verdict)),
             escaped(verdictSentence(report)), reasons);
}

QString numbers(const Report& report)
{
    const QString perSecond = format::count(static_cast<qint64>(report.okPerSecond + 0.5));
    return QStringLiteral("<div class=\"numbers\">%1</div>")
        .arg(bigNumber(ReportSections::tr("Operations"),
                       format::count(report.live.outcomes.issued())) +
             bigNumber(ReportSections::tr("Good answers a second"), perSecond) +
             bigNumber(ReportSections::tr("Response p50"), format::duration(report.response.p50)) +
             bigNumber(ReportSections::tr("Response p99"), format::duration(report.response.p99)) +
             bigNumber(ReportSections::tr("Lasted"), lasted(report)));
}

QString examples(const Report& report)
{
    QString rows;
    for (const auto& [checks, example] : toldExamples(report))
        rows += row({escaped(checks), idCell(example.user.text()), idCell(example.key.text()),
                     escaped(exampleValue(example, example.expected)),
                     escaped(exampleValue(example, example.found)),
                     escaped(exampleWords(example.what))},
                    "...nn.");
    if (rows.isEmpty())
        return {};
    return heading(ReportSections::tr("Counter-examples")) +
           panel(table({ReportSections::tr("Check"), ReportSections::tr("User"),
                        ReportSections::tr("Key"), ReportSections::tr("Expected"),
                        ReportSections::tr("Found"), ReportSections::tr("What is wrong")},
                       "...nn.", rows));
}

QString invariants(const Report& report)
{
    QString rows;
    for (const InvariantResult& invariant : report.invariants) {
        QString title = escaped(invariantTitle(invariant));
        const QString meaning = invariantMeaning(invariant.id);
        if (!meaning.isEmpty())
            title += QStringLiteral("<br/><span class=\"quiet\">%1</span>").arg(escaped(meaning));
        rows += row({escaped(invariant.id), title,
                     QStringLiteral("<span class=\"chip %1\">%2</span>")
                         .arg(hadNothingToCheck(invariant) ? QStringLiteral("idle")
                                                           : nameOf(invariant.validity),
                              escaped(invariantOutcome(invariant))),
                     format::count(invariant.checked), format::count(invariant.violations)},
                    "...nn");
    }
    const QString twice = report.agreement ? QStringLiteral("<p class=\"quiet\">%1</p>")
                                                 .arg(escaped(agreementSentence(*report.agreement)))
                                           : QString();
    return heading(ReportSections::tr("Invariants and expectations")) +
           panel(table({ReportSections::tr("Id"), ReportSections::tr("Check"),
                        ReportSections::tr("Verdict"), ReportSections::tr("Checked"),
                        ReportSections::tr("Violations")},
                       "...nn", rows) +
                 twice);
}

QString charts(const Report& report)
{
    QString markup;
    if (!report.live.timeline.isEmpty())
        markup += heading(ReportSections::tr("Operations by worker")) +
                  panel(svgTimeline(report.live.timeline) +
                        QStringLiteral("<p class=\"quiet\">%1</p>")
                            .arg(escaped(ReportSections::tr(
                                "Hatched: waiting for the row lock. Solid: at work under the "
                                "lock. Lighter: commit and network."))));
    markup += heading(ReportSections::tr("Over time"));
    const Axis time = timeAxis(report.live);
    QString stack;
    for (const CurveChart& chart : runCharts(report.live)) {
        if (chart.isEmpty())
            continue;
        stack += QStringLiteral("<h3>%1</h3>").arg(escaped(chart.title)) + legend(chart) +
                 svgChart(chart, time);
    }
    if (stack.isEmpty())
        stack = QStringLiteral("<p class=\"quiet\">%1</p>")
                    .arg(escaped(ReportSections::tr("The run was over before the first second.")));
    return markup + panel(stack);
}

QString run(const Report& report)
{
    const Scenario& scenario = report.scenario;
    return QStringLiteral("<h1>%1</h1><p>%2</p><p class=\"quiet\">%3</p>")
               .arg(titleOf(report), escaped(scenario.description),
                    escaped(loadSentence(scenario))) +
           verdict(report) + numbers(report) + examples(report) + invariants(report) +
           thresholds(report) + charts(report) + outcomes(report) + percentiles(report) +
           lockWaits(report) + chains(report) + manifest(report);
}

} // namespace tallystick::sections
