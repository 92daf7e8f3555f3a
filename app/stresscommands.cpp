// SPDX-License-Identifier: GPL-3.0-or-later
//! The verbs of the stress lab: list, run, suite, controls.
#include "app/answers.h"
#include "app/attack.h"
#include "app/commands.h"
#include "app/junit.h"
#include "app/reportfiles.h"
#include "app/seriescsv.h"
#include "ledger/stress/hlog.h"
#include "ui/report/htmlreport.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>

namespace tallystick {

namespace {

const AnswerContext failing{.doing = words::Doing::Reading, .json = false, .facts = {}};

/// The worse of two ends: wrong usage outweighs a violation, that a failed tool, that an unknown
/// verdict, that a missed threshold.
ExitCode worse(ExitCode a, ExitCode b)
{
    constexpr std::array byWeight{ExitCode::WrongUsage, ExitCode::Violated, ExitCode::Failed,
                                  ExitCode::Unknown, ExitCode::Refused};
    for (const ExitCode code : byWeight)
        if (a == code || b == code)
            return code;
    return ExitCode::Done;
}

QString verdictName(ExitCode exitCode)
{
    switch (exitCode) {
    case ExitCode::Done:
        return nameOf(Verdict::Pass);
    case ExitCode::Refused:
        return nameOf(Verdict::SloMiss);
    case ExitCode::Violated:
        return nameOf(Verdict::Violated);
    case ExitCode::Unknown:
    case ExitCode::Failed:
    case ExitCode::WrongUsage:
        break;
    }
    return nameOf(Verdict::Unknown);
}

QByteArray bytes(const QJsonObject& json)
{
    return QJsonDocument(json).toJson();
}

QString limits(const Scenario& scenario)
{
    return scenario.seconds ? QStringLiteral("%1 s").arg(*scenario.seconds)
                            : QStringLiteral("%1 operations").arg(scenario.operations.value_or(0));
}

/// Writes the reports; what could not be written is said and makes the tool's end a failure.
ExitCode written(Console& console, OpenReportFiles& files, const QJsonObject& json,
                 const QList<Report>& reports, bool isSingle)
{
    Outcome outcome = files.json.write(bytes(json));
    if (outcome && files.html.isWanted())
        outcome = files.html.write(isSingle ? htmlReport(reports.first()) : htmlReport(reports));
    if (outcome && files.junit.isWanted())
        outcome = files.junit.write(junitReport(reports));
    if (outcome && files.hlog.isWanted())
        outcome = files.hlog.write(hlog(reports.first()));
    if (outcome && files.csv.isWanted())
        outcome = files.csv.write(seriesCsv(reports.first()));
    return outcome ? ExitCode::Done : answerError(console, outcome.error(), failing);
}

/// Null where the scenario's own statements are the fault.
QJsonValue faultJson(const Control& control)
{
    return control.fault ? QJsonValue(nameOf(*control.fault)) : QJsonValue();
}

struct ControlEnd
{
    QJsonObject json;
    ExitCode exitCode = ExitCode::Done;
};

ControlEnd judged(const Report& report, const Control& control, Console& console)
{
    const bool asNamed = failedAsNamed(report, control);
    QStringList invalid;
    for (const InvariantResult& result : report.invariants)
        if (result.validity == Validity::Invalid)
            invalid << result.id;
    const QString name =
        control.fault
            ? QStringLiteral("%1 with %2").arg(report.scenario.name, nameOf(*control.fault))
            : report.scenario.name;
    if (asNamed)
        console.print(QStringLiteral("FAILED as it must  %1: by %2")
                          .arg(name, invalid.join(QStringLiteral(", "))));
    else
        console.print(QStringLiteral("NOT CAUGHT         %1: verdict %2, by %3, expected %4")
                          .arg(name, words::word(report.verdict),
                               invalid.isEmpty() ? QStringLiteral("none")
                                                 : invalid.join(QStringLiteral(", ")),
                               control.invariants.join(QStringLiteral(" or "))));
    const ExitCode missed =
        report.verdict == Verdict::Unknown ? ExitCode::Unknown : ExitCode::Violated;
    return {.json = {{QStringLiteral("scenario"), report.scenario.name},
                     {QStringLiteral("fault"), faultJson(control)},
                     {QStringLiteral("expected"), QJsonArray::fromStringList(control.invariants)},
                     {QStringLiteral("invalid"), QJsonArray::fromStringList(invalid)},
                     {QStringLiteral("failedAsNamed"), asNamed},
                     {QStringLiteral("report"), toJson(report)}},
            .exitCode = asNamed ? ExitCode::Done : missed};
}

/// With a way of their own choice, scenarios that bring their statements have no part in it.
QList<Way> waysOf(const Scenario& scenario, const StressSuiteOptions& options)
{
    QList<Way> ways = waysOf(scenario);
    if (options.way)
        ways.removeIf([&options](Way way) { return way != *options.way; });
    return ways;
}

/// How several runs in a row ended together.
struct Series
{
    ExitCode exitCode = ExitCode::Done; ///< the worst
    bool isPrepared = true;             ///< false: none of them was begun
    bool isInterrupted = false;
};

/// Answers what a run's report means for the whole.
using Judge = std::function<ExitCode(qsizetype number, const Report& report)>;

/// One after the other, until one could not be run or it was asked to stop.
Series runAll(const QList<Scenario>& scenarios, Place& place, bool isQuiet, Console& console,
              const Judge& judge)
{
    if (const auto exitCode = prepared(place, false, console))
        return {.exitCode = *exitCode, .isPrepared = false};
    const std::stop_token stop = place.stopToken();
    Series series;
    for (qsizetype i = 0; i < scenarios.size(); ++i) {
        if (stop.stop_requested())
            break;
        const Result<Report> report =
            attack(place, scenarios[i], {.keepUsers = false, .isQuiet = isQuiet}, console, stop);
        if (!report) {
            series.exitCode = worse(series.exitCode, answerError(console, report.error(), failing));
            break;
        }
        series.exitCode = worse(series.exitCode, judge(i, *report));
    }
    series.isInterrupted = stop.stop_requested();
    if (series.isInterrupted)
        series.exitCode = worse(series.exitCode, ExitCode::Unknown);
    return series;
}

QJsonObject toJson(const Series& series, const char* name, const QJsonArray& runs)
{
    return document({{QStringLiteral("verdict"), verdictName(series.exitCode)},
                     {QStringLiteral("interrupted"), series.isInterrupted},
                     {QString::fromLatin1(name), runs}});
}

} // namespace

ExitCode runStressList(const StressListOptions& options, Console& console)
{
    if (!options.json) {
        QList<QStringList> rows;
        for (const Scenario& scenario : builtinScenarios())
            rows << QStringList{scenario.name, QString::number(scenario.clients), limits(scenario),
                                scenario.title};
        console.print(textTable({{.title = QStringLiteral("scenario")},
                                 {.title = QStringLiteral("clients"), .isNumber = true},
                                 {.title = QStringLiteral("until"), .isNumber = true},
                                 {.title = QStringLiteral("what it does")}},
                                rows));
        return ExitCode::Done;
    }
    QJsonArray scenarios;
    for (const Scenario& scenario : builtinScenarios()) {
        QJsonArray controls;
        for (const Control& control : scenario.controls)
            controls.append(QJsonObject{
                {QStringLiteral("fault"), faultJson(control)},
                {QStringLiteral("invariants"), QJsonArray::fromStringList(control.invariants)}});
        scenarios.append(QJsonObject{{QStringLiteral("name"), scenario.name},
                                     {QStringLiteral("title"), scenario.title},
                                     {QStringLiteral("description"), scenario.description},
                                     {QStringLiteral("clients"), scenario.clients},
                                     {QStringLiteral("inSuite"), scenario.inSuite},
                                     {QStringLiteral("controls"), controls}});
    }
    console.print(document({{QStringLiteral("scenarios"), scenarios}}));
    return ExitCode::Done;
}

ExitCode runStressSchema(Console& console)
{
    console.print(QString::fromUtf8(scenarioSchema()).trimmed());
    return ExitCode::Done;
}

ExitCode runStress(const StressRunOptions& options, Place& place, Console& console)
{
    const auto chosen = chosenScenario(options);
    if (const auto* none = std::get_if<NoScenario>(&chosen)) {
        console.say(printable(none->sentence));
        return none->exitCode;
    }
    auto files = openReportFiles(options.files);
    if (!files)
        return answerError(console, files.error(), failing);
    if (const auto exitCode = prepared(place, false, console))
        return *exitCode;

    const std::stop_token stop = place.stopToken();
    const Result<Report> report =
        attack(place, std::get<Scenario>(chosen),
               {.keepUsers = options.keepUsers, .isQuiet = options.isQuiet}, console, stop);
    if (!report)
        return answerError(console, report.error(), failing);
    console.print(options.isQuiet ? lineOf(*report) : textOf(*report));
    QJsonObject json = toJson(*report);
    json.insert(QStringLiteral("interrupted"), stop.stop_requested());
    const ExitCode filed = written(console, *files, json, {*report}, true);
    return worse(exitCodeOf(report->verdict), filed);
}

ExitCode runStressSuite(const StressSuiteOptions& options, Place& place, Console& console)
{
    QList<Scenario> scenarios;
    for (Scenario scenario : builtinScenarios()) {
        for (const Way way : waysOf(scenario, options)) {
            scenario.target.way = way;
            if (scenario.inSuite)
                scenarios << scenario;
        }
    }
    auto files = openReportFiles(options.files);
    if (!files)
        return answerError(console, files.error(), failing);
    QList<Report> reports;
    QJsonArray runs;
    const auto judge = [&](qsizetype, const Report& report) {
        const bool isFine = report.verdict == Verdict::Pass;
        console.print(isFine || options.isQuiet ? lineOf(report) : textOf(report));
        runs.append(toJson(report));
        reports << report;
        return exitCodeOf(report.verdict);
    };
    const Series series = runAll(scenarios, place, options.isQuiet, console, judge);
    if (!series.isPrepared)
        return series.exitCode;
    const auto passed = std::count_if(reports.begin(), reports.end(), [](const Report& report) {
        return report.verdict == Verdict::Pass;
    });
    console.print(QStringLiteral("%1 of %2 runs PASS").arg(passed).arg(reports.size()));
    return worse(series.exitCode,
                 written(console, *files, toJson(series, "runs", runs), reports, false));
}

ExitCode runStressControls(const StressControlsOptions& options, Place& place, Console& console)
{
    QList<Scenario> scenarios;
    QList<Control> controls;
    for (const Scenario& scenario : builtinScenarios()) {
        for (const Control& control : scenario.controls) {
            scenarios << underControl(scenario, control);
            controls << control;
        }
    }
    auto files = openReportFiles(options.files);
    if (!files)
        return answerError(console, files.error(), failing);
    int asNamed = 0;
    QJsonArray ends;
    const auto judge = [&](qsizetype number, const Report& report) {
        // A run that was cut short says nothing about the control.
        if (place.stopToken().stop_requested())
            return ExitCode::Unknown;
        const ControlEnd end = judged(report, controls[number], console);
        asNamed += end.exitCode == ExitCode::Done ? 1 : 0;
        ends.append(end.json);
        return end.exitCode;
    };
    const Series series = runAll(scenarios, place, options.isQuiet, console, judge);
    if (!series.isPrepared)
        return series.exitCode;
    console.print(
        QStringLiteral("%1 of %2 controls FAILED as they must").arg(asNamed).arg(ends.size()));
    return worse(series.exitCode,
                 written(console, *files, toJson(series, "controls", ends), {}, false));
}

} // namespace tallystick
