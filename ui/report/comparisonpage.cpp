// SPDX-License-Identifier: GPL-3.0-or-later
//! The page that lays two runs over each other.
#include "ui/report/comparisonpage.h"

#include "ui/report/reportsections.h"
#include "ui/report/runwords.h"
#include "ui/report/svgchart.h"
#include "ui/shared/format.h"
#include "ui/shared/words.h"

#include <QtCore/QCoreApplication>

#include <algorithm>
#include <cmath>

namespace tallystick {

namespace {

struct ComparisonPage
{
    Q_DECLARE_TR_FUNCTIONS(ComparisonPage)
};

constexpr qsizetype hashCharacters = 10;

struct Named
{
    const char* code;
    const char* words;
};

QString wordsFor(const QString& code, std::initializer_list<Named> table)
{
    for (const Named& named : table)
        if (code == QLatin1String(named.code))
            return ComparisonPage::tr(named.words);
    return code;
}

/// The same curve of both runs, under one title.
CurveChart overlaid(const CurveChart& a, const CurveChart& b, qsizetype curve, const QString& title)
{
    CurveChart chart = a;
    chart.title = title;
    chart.curves = {a.curves[curve], b.curves[curve]};
    chart.curves[0].name = QStringLiteral("A");
    chart.curves[0].ink = Ink::Blue;
    chart.curves[1].name = QStringLiteral("B");
    chart.curves[1].ink = Ink::Orange;
    return chart;
}

QString overlays(const Report& a, const Report& b)
{
    const Axis timeA = timeAxis(a.live);
    const Axis timeB = timeAxis(b.live);
    const Axis& time = timeA.to >= timeB.to ? timeA : timeB;
    constexpr qsizetype okCurve = 0;
    constexpr qsizetype p50Curve = 0;
    constexpr qsizetype p99Curve = 2;
    const CurveChart charts[] = {overlaid(throughputChart(a.live), throughputChart(b.live), okCurve,
                                          ComparisonPage::tr("Good answers a second")),
                                 overlaid(responseChart(a.live), responseChart(b.live), p50Curve,
                                          ComparisonPage::tr("Response p50")),
                                 overlaid(responseChart(a.live), responseChart(b.live), p99Curve,
                                          ComparisonPage::tr("Response p99"))};
    QString stack;
    for (const CurveChart& chart : charts)
        if (!chart.isEmpty())
            stack += QStringLiteral("<h3>%1</h3>").arg(escaped(chart.title)) +
                     sections::legend(chart) + svgChart(chart, time);
    if (stack.isEmpty())
        return {};
    return sections::heading(ComparisonPage::tr("Over time")) + sections::panel(stack);
}

QString runRow(const QString& letter, const Report& report)
{
    return sections::row({letter, sections::titleOf(report), escaped(loadSentence(report.scenario)),
                          escaped(format::time(report.startedAt)), sections::lasted(report),
                          sections::verdictChip(report.verdict)},
                         "....n.");
}

QString runs(const Report& a, const Report& b)
{
    return sections::panel(
        sections::table({ComparisonPage::tr("Run"), ComparisonPage::tr("Scenario"),
                         ComparisonPage::tr("Load"), ComparisonPage::tr("Begun, UTC"),
                         ComparisonPage::tr("Lasted"), ComparisonPage::tr("Verdict")},
                        "....n.", runRow(QStringLiteral("A"), a) + runRow(QStringLiteral("B"), b)));
}

QString differences(const Comparison& comparison)
{
    QString rows;
    for (const Difference& difference : comparison.differences)
        rows += sections::row(
            {escaped(differenceName(difference)), escaped(difference.a), escaped(difference.b)},
            "...");
    const QString content =
        rows.isEmpty() ? QStringLiteral("<p class=\"quiet\">%1</p>")
                             .arg(escaped(ComparisonPage::tr(
                                 "Nothing: the same operations, on the same kind of server.")))
                       : sections::table(
                             {ComparisonPage::tr("What"), QStringLiteral("A"), QStringLiteral("B")},
                             "...", rows);
    return sections::heading(ComparisonPage::tr("What was different")) + sections::panel(content);
}

QString numbers(const Comparison& comparison)
{
    QString rows;
    for (const ComparedNumber& number : comparison.numbers)
        rows += sections::row(
            {escaped(comparedName(number)), escaped(comparedValue(number, number.a)),
             escaped(comparedValue(number, number.b)), escaped(comparedChange(number))},
            ".nnn");
    return sections::heading(ComparisonPage::tr("Numbers")) +
           sections::panel(
               sections::table({ComparisonPage::tr("What"), QStringLiteral("A"),
                                QStringLiteral("B"), ComparisonPage::tr("From A to B")},
                               ".nnn", rows) +
               QStringLiteral("<p class=\"quiet\">%1</p>").arg(escaped(comparisonCaveat())));
}

} // namespace

QString comparedName(const ComparedNumber& number)
{
    const QString group = number.name.section(QLatin1Char('.'), 0, 0);
    const QString value = number.name.section(QLatin1Char('.'), 1);
    if (group == QLatin1String("throughput"))
        return ComparisonPage::tr("Good answers a second");
    if (group == QLatin1String("outcomes"))
        return ComparisonPage::tr("Operations %1").arg(outcomeWord(value));
    const QString measured =
        wordsFor(group, {{"response", QT_TRANSLATE_NOOP("ComparisonPage", "Response")},
                         {"service", QT_TRANSLATE_NOOP("ComparisonPage", "Service")},
                         {"lockWait", QT_TRANSLATE_NOOP("ComparisonPage", "Lock wait")}});
    const QString percentile = value == QLatin1String("p999") ? QStringLiteral("p99.9") : value;
    return QStringLiteral("%1 %2").arg(measured, percentile);
}

QString comparedValue(const ComparedNumber& number, double value)
{
    using Unit = ComparedNumber::Unit;
    switch (number.unit) {
    case Unit::PerSecond:
        return valueText(value, Measure::PerSecond);
    case Unit::Micros:
        return format::duration(std::llround(value));
    case Unit::Count:
        return format::count(std::llround(value));
    }
    Q_UNREACHABLE();
}

QString comparedChange(const ComparedNumber& number)
{
    const auto change = number.change();
    if (!change)
        return QStringLiteral("–");
    const double percent = std::round(*change * 1000) / 10;
    const QChar sign = percent < 0 ? format::minus : percent > 0 ? QLatin1Char('+') : QChar(0x00B1);
    return QStringLiteral("%1%2 %").arg(sign).arg(std::abs(percent), 0, 'f', 1);
}

QString differenceName(const Difference& difference)
{
    return wordsFor(difference.what,
                    {{"scenario", QT_TRANSLATE_NOOP("ComparisonPage", "Scenario")},
                     {"target", QT_TRANSLATE_NOOP("ComparisonPage", "Way")},
                     {"load", QT_TRANSLATE_NOOP("ComparisonPage", "Load")},
                     {"rate", QT_TRANSLATE_NOOP("ComparisonPage", "Rate a second")},
                     {"clients", QT_TRANSLATE_NOOP("ComparisonPage", "Clients")},
                     {"users", QT_TRANSLATE_NOOP("ComparisonPage", "Customers")},
                     {"until", QT_TRANSLATE_NOOP("ComparisonPage", "Until")},
                     {"seed", QT_TRANSLATE_NOOP("ComparisonPage", "Seed")},
                     {"operations", QT_TRANSLATE_NOOP("ComparisonPage", "Hash of the operations")},
                     {"server", QT_TRANSLATE_NOOP("ComparisonPage", "PostgreSQL")}});
}

QString comparisonCaveat()
{
    return ComparisonPage::tr("One run each proves no difference: the same run repeated on the "
                              "same machine varies by several percent.");
}

QByteArray comparisonPage(const Report& a, const Report& b)
{
    Comparison comparison = comparisonOf(a, b);
    for (Difference& difference : comparison.differences)
        for (QString* const text : {&difference.a, &difference.b})
            if (difference.what == QLatin1String("operations"))
                *text = text->left(hashCharacters);
    return sections::page(
        ComparisonPage::tr("%1 and %2 – Tallystick").arg(a.scenario.name, b.scenario.name),
        QStringLiteral("<section><h1>%1</h1>%2%3%4%5</section>")
            .arg(escaped(ComparisonPage::tr("Two runs compared")), runs(a, b),
                 differences(comparison), numbers(comparison), overlays(a, b)));
}

} // namespace tallystick
