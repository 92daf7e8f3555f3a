// SPDX-License-Identifier: GPL-3.0-or-later
//! The page around the sections of one run or of many.
#include "ui/report/htmlreport.h"

#include "ui/report/reportsections.h"
#include "ui/report/runwords.h"
#include "ui/report/svgchart.h"
#include "ui/shared/format.h"
#include "ui/shared/words.h"

#include <QtCore/QCoreApplication>

#include <algorithm>

namespace tallystick {

namespace {

struct HtmlReport
{
    Q_DECLARE_TR_FUNCTIONS(HtmlReport)
};

QString sectionId(qsizetype index)
{
    return QStringLiteral("run-%1").arg(index + 1);
}

QString overviewRow(const Report& report, qsizetype index)
{
    return sections::row(
        {QStringLiteral("<a href=\"#%1\">%2</a>").arg(sectionId(index), sections::titleOf(report)),
         escaped(words::word(report.scenario.target.way)), sections::verdictChip(report.verdict),
         format::count(report.live.outcomes.issued()),
         escaped(format::duration(report.response.p50)),
         escaped(format::duration(report.response.p99)), sections::lasted(report)},
        "  .nnnn");
}

QString overview(const QList<Report>& reports)
{
    QString rows;
    for (qsizetype i = 0; i < reports.size(); ++i)
        rows += overviewRow(reports[i], i);
    return sections::table({HtmlReport::tr("Scenario"), HtmlReport::tr("Way"),
                            HtmlReport::tr("Verdict"), HtmlReport::tr("Operations"),
                            HtmlReport::tr("Response p50"), HtmlReport::tr("Response p99"),
                            HtmlReport::tr("Lasted")},
                           "  .nnnn", rows);
}

QString tally(const QList<Report>& reports)
{
    QStringList parts;
    for (const Verdict verdict :
         {Verdict::Violated, Verdict::Unknown, Verdict::SloMiss, Verdict::Pass}) {
        const auto count =
            std::count_if(reports.begin(), reports.end(),
                          [verdict](const Report& report) { return report.verdict == verdict; });
        if (count > 0)
            parts.append(format::count(count) + QLatin1Char(' ') + words::word(verdict));
    }
    return parts.join(QStringLiteral(" · "));
}

} // namespace

QByteArray htmlReport(const Report& report)
{
    return sections::page(HtmlReport::tr("%1 – %2 – Tallystick")
                              .arg(words::word(report.verdict), report.scenario.name),
                          QStringLiteral("<section>") + sections::run(report) +
                              QStringLiteral("</section>"));
}

QByteArray htmlReport(const QList<Report>& reports)
{
    QString body = QStringLiteral("<section><h1>%1</h1><p class=\"quiet\">%2</p>"
                                  "<div class=\"panel\">%3</div></section>")
                       .arg(escaped(HtmlReport::tr("Stress runs")), escaped(tally(reports)),
                            overview(reports));
    for (qsizetype i = 0; i < reports.size(); ++i)
        body += QStringLiteral("<section id=\"%1\">%2</section>")
                    .arg(sectionId(i), sections::run(reports[i]));
    return sections::page(HtmlReport::tr("%1 stress runs – Tallystick").arg(reports.size()), body);
}

} // namespace tallystick
