// SPDX-License-Identifier: GPL-3.0-or-later
//! Chooses, runs and tells a scenario.
#include "app/attack.h"

#include "ledger/stress/engine.h"
#include "ui/report/runwords.h"
#include "ui/shared/format.h"
#include "ui/shared/words.h"

#include <QtCore/QFile>
#include <QtCore/QJsonDocument>

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace tallystick {

namespace {

constexpr qsizetype maxFileBytes = 1024 * 1024;

std::variant<QByteArray, NoScenario> sourceOf(const QString& name)
{
    const bool isFile = name.endsWith(QLatin1String(".json")) || name.contains(QLatin1Char('/'));
    if (!isFile) {
        if (const Scenario* scenario = builtinScenario(name))
            return QJsonDocument(toJson(*scenario)).toJson();
        return NoScenario{QStringLiteral("There is no scenario \"%1\"; \"tallystick stress list\" "
                                         "names them, and a file ends in .json.")
                              .arg(name)};
    }
    QFile file(name);
    if (!file.open(QIODevice::ReadOnly))
        return NoScenario{QStringLiteral("%1: %2").arg(name, file.errorString()), ExitCode::Failed};
    // A byte more than the parser takes, so that it is the one to refuse a larger file.
    return file.read(maxFileBytes + 1);
}

QString told(const QString& name, const ScenarioError& error)
{
    return QStringLiteral("%1: %2expected %3, found %4")
        .arg(name, error.path.isEmpty() ? QString() : QStringLiteral("\"%1\": ").arg(error.path),
             error.expected, error.found);
}

/// Puts \a value at members[outer][inner].
void setMember(QJsonObject& json, const char* outer, const char* inner, const QJsonValue& value)
{
    QJsonObject object = json.value(QLatin1String(outer)).toObject();
    object.insert(QLatin1String(inner), value);
    json.insert(QLatin1String(outer), object);
}

/// The options change the file, not the parsed scenario: so the parser checks them too, and the
/// report keeps a file that repeats this very run.
QByteArray withOptions(const QByteArray& source, const StressRunOptions& options)
{
    QJsonObject json = QJsonDocument::fromJson(source).object();
    if (options.way)
        setMember(json, "target", "way", nameOf(*options.way));
    if (options.clients)
        setMember(json, "load", "clients", *options.clients);
    if (options.rate) {
        QJsonObject load = json.value(QStringLiteral("load")).toObject();
        load.insert(QStringLiteral("model"), QStringLiteral("open"));
        load.insert(QStringLiteral("ratePerSecond"), *options.rate);
        load.remove(QStringLiteral("thinkMillis")); // a client of an open load waits for no answer
        json.insert(QStringLiteral("load"), load);
    }
    if (options.users)
        setMember(json, "users", "count", *options.users);
    if (options.seconds)
        json.insert(QStringLiteral("until"),
                    QJsonObject{{QStringLiteral("seconds"), *options.seconds}});
    if (options.operations)
        json.insert(QStringLiteral("until"),
                    QJsonObject{{QStringLiteral("operations"), *options.operations}});
    if (options.seed)
        json.insert(QStringLiteral("seed"), *options.seed);
    return QJsonDocument(json).toJson();
}

QString progressLine(const Scenario& scenario, const LiveSnapshot& now)
{
    return QStringLiteral("%1 (%2) %3 %4 s: %5 ok, %6 refused, %7 failed, %8 unknown, %9 ok/s")
        .arg(scenario.name, nameOf(scenario.target.way), phaseWord(now.phase))
        .arg(now.elapsedSeconds, 0, 'f', 1)
        .arg(format::count(now.outcomes.ok + now.outcomes.replayed),
             format::count(now.outcomes.refused), format::count(now.outcomes.failed),
             format::count(now.outcomes.unknown))
        .arg(now.okPerSecond, 0, 'f', 0);
}

/// Shows a run's progress from an own thread until it is dropped.
class ProgressLine final
{
public:
    ProgressLine(const Scenario& scenario, const Monitor& monitor, Console& console)
        : m_thread([this, &scenario, &monitor, &console](std::stop_token end) {
            constexpr std::chrono::milliseconds pace{200};
            std::unique_lock lock(m_mutex);
            while (!m_wake.wait_for(lock, end, pace, [] { return false; }) && !end.stop_requested())
                console.progress(progressLine(scenario, monitor.snapshot()));
        })
    {
    }

private:
    std::mutex m_mutex;
    std::condition_variable_any m_wake;
    std::jthread m_thread;
};

QString percentileLine(const QString& name, const Percentiles& values)
{
    if (values.count == 0)
        return {};
    return QStringLiteral("  %1 p50 %2, p95 %3, p99 %4, max %5 (%6 measured)\n")
        .arg(name.leftJustified(9), format::duration(values.p50), format::duration(values.p95),
             format::duration(values.p99), format::duration(values.max),
             format::count(values.count));
}

QString outcomesText(const OutcomeCounts& counts)
{
    const QList<QPair<QString, qint64>> parts{{QStringLiteral("ok"), counts.ok},
                                              {QStringLiteral("replayed"), counts.replayed},
                                              {QStringLiteral("refused"), counts.refused},
                                              {QStringLiteral("failed"), counts.failed},
                                              {QStringLiteral("unknown"), counts.unknown},
                                              {QStringLiteral("applied"), counts.applied},
                                              {QStringLiteral("voided"), counts.voided},
                                              {QStringLiteral("skipped"), counts.skipped},
                                              {QStringLiteral("unfinished"), counts.unfinished}};
    QStringList text;
    for (const auto& [name, number] : parts)
        if (number > 0 || name == QLatin1String("ok"))
            text << QStringLiteral("%1 %2").arg(format::count(number), name);
    return text.join(QStringLiteral(", "));
}

QString exampleLine(const Example& example)
{
    QStringList about;
    if (!example.user.isEmpty())
        about << QStringLiteral("customer %1").arg(example.user.text());
    if (!example.key.isEmpty())
        about << QStringLiteral("key %1").arg(example.key.text());
    QString line = QStringLiteral("        ") + about.join(QStringLiteral(", "));
    line += (about.isEmpty() ? QString() : QStringLiteral(": ")) + exampleWords(example.what);
    if (example.expected)
        line += QStringLiteral(", expected %1").arg(exampleValue(example, example.expected));
    if (example.found)
        line += QStringLiteral(", found %1").arg(exampleValue(example, example.found));
    return printable(line) + QLatin1Char('\n');
}

QString invariantsText(const Report& report)
{
    QString text;
    for (const InvariantResult& result : report.invariants) {
        text += QStringLiteral("  %1 %2 %3: %4 checked, %5 violated\n")
                    .arg(result.id.leftJustified(4), result.name.leftJustified(28),
                         nameOf(result.validity), format::count(result.checked),
                         format::count(result.violations));
        if (result.validity != Validity::Valid && !result.examples.isEmpty())
            text += exampleLine(result.examples.first());
    }
    for (const ThresholdResult& threshold : report.thresholds)
        text += QStringLiteral("  %1: %2, measured %3\n")
                    .arg(threshold.text,
                         threshold.met ? QStringLiteral("met") : QStringLiteral("missed"))
                    .arg(threshold.value);
    return text;
}

/// Sessions are named "…/run/w7"; the run is the same for all of them.
QString lockWaitLine(const LockWait& wait)
{
    const auto shortName = [](const QString& name) { return name.section(QLatin1Char('/'), -1); };
    QStringList blockers;
    for (const QString& name : wait.blockerNames)
        blockers << shortName(name);
    return printable(QStringLiteral("  %1 waited %2 for %3")
                         .arg(shortName(wait.waiterName), format::duration(wait.waitedMicros),
                              blockers.join(QStringLiteral(", ")))) +
           QLatin1Char('\n');
}

} // namespace

std::variant<Scenario, NoScenario> chosenScenario(const StressRunOptions& options)
{
    const auto source = sourceOf(options.scenario);
    if (const auto* none = std::get_if<NoScenario>(&source))
        return *none;
    const QByteArray& bytes = std::get<QByteArray>(source);
    // First as it stands: what is wrong in the file is not to be blamed on an option.
    const auto asItStands = parseScenario(bytes);
    if (const auto* error = std::get_if<ScenarioError>(&asItStands))
        return NoScenario{told(options.scenario, *error)};
    const auto changed = parseScenario(withOptions(bytes, options));
    if (const auto* error = std::get_if<ScenarioError>(&changed))
        return NoScenario{QStringLiteral("The options do not fit this scenario. %1")
                              .arg(told(options.scenario, *error))};
    return std::get<Scenario>(changed);
}

Result<Report> attack(const Place& place, const Scenario& scenario, const AttackOptions& options,
                      Console& console, const std::stop_token& stop)
{
    Engine engine(place.targetOpener(), place.benchOpener());
    Monitor monitor;
    std::optional<ProgressLine> progress;
    if (console.isTerminal() && !options.isQuiet)
        progress.emplace(scenario, monitor, console);
    Result<Report> report = engine.run(scenario, {.keepUsers = options.keepUsers}, monitor, stop);
    progress.reset();
    console.endProgress();
    return report;
}

ExitCode exitCodeOf(Verdict verdict)
{
    switch (verdict) {
    case Verdict::Pass:
        return ExitCode::Done;
    case Verdict::SloMiss:
        return ExitCode::Refused;
    case Verdict::Violated:
        return ExitCode::Violated;
    case Verdict::Unknown:
        return ExitCode::Unknown;
    }
    Q_UNREACHABLE();
}

QString lineOf(const Report& report)
{
    return QStringLiteral("%1  %2 (%3)  %4 in %5 s")
        .arg(words::word(report.verdict).leftJustified(8), report.scenario.name,
             nameOf(report.scenario.target.way), outcomesText(report.live.outcomes))
        .arg(report.seconds, 0, 'f', 2);
}

QString textOf(const Report& report)
{
    QString text = lineOf(report) + QLatin1Char('\n');
    for (const QString& reason : report.reasons)
        text += QStringLiteral("  %1\n").arg(printable(reason));
    text += QStringLiteral("  seed %1, operations %2, %3 attempts, %4 ok/s\n")
                .arg(report.scenario.seed)
                .arg(report.operationsHash.first(qMin<qsizetype>(12, report.operationsHash.size())),
                     format::count(report.attempts))
                .arg(report.okPerSecond, 0, 'f', 0);
    text += percentileLine(QStringLiteral("response"), report.response);
    text += percentileLine(QStringLiteral("service"), report.service);
    text += percentileLine(QStringLiteral("lock wait"), report.lockWait);
    text += percentileLine(QStringLiteral("lag"), report.lag);
    for (const QString& warning : report.warnings)
        text += QStringLiteral("  warning: %1\n").arg(warning);
    text += invariantsText(report);
    for (const LockWait& wait : report.lockQueue)
        text += lockWaitLine(wait);
    if (!report.keptUsers.isEmpty())
        text +=
            QStringLiteral("  %1 customers of the run are still there, the first is %2\n")
                .arg(format::count(report.keptUsers.size()), printable(report.keptUsers.first()));
    text.chop(1);
    return text;
}

} // namespace tallystick
