// SPDX-License-Identifier: GPL-3.0-or-later
//! Gathers the numbers of two reports.
#include "ledger/stress/comparison.h"

#include <QtCore/QJsonArray>

namespace tallystick {

namespace {

using Unit = ComparedNumber::Unit;

QString nameOf(Unit unit)
{
    switch (unit) {
    case Unit::PerSecond:
        return QStringLiteral("perSecond");
    case Unit::Micros:
        return QStringLiteral("micros");
    case Unit::Count:
        return QStringLiteral("count");
    }
    Q_UNREACHABLE();
}

QString targetOf(const Report& report)
{
    const Target& target = report.scenario.target;
    return target.fault ? nameOf(*target.fault) : nameOf(target.way);
}

QString modelOf(const Report& report)
{
    return report.scenario.open ? QStringLiteral("open") : QStringLiteral("closed");
}

QString rateOf(const Report& report)
{
    return report.scenario.open ? QString::number(report.scenario.open->ratePerSecond) : QString();
}

QString limitOf(const Report& report)
{
    const Scenario& scenario = report.scenario;
    return scenario.seconds ? QStringLiteral("%1 s").arg(*scenario.seconds)
                            : QStringLiteral("%1 operations").arg(scenario.operations.value_or(0));
}

QList<Difference> differencesOf(const Report& a, const Report& b)
{
    const Difference all[] = {{QStringLiteral("scenario"), a.scenario.name, b.scenario.name},
                              {QStringLiteral("target"), targetOf(a), targetOf(b)},
                              {QStringLiteral("load"), modelOf(a), modelOf(b)},
                              {QStringLiteral("rate"), rateOf(a), rateOf(b)},
                              {QStringLiteral("clients"), QString::number(a.scenario.clients),
                               QString::number(b.scenario.clients)},
                              {QStringLiteral("users"), QString::number(a.scenario.users.count),
                               QString::number(b.scenario.users.count)},
                              {QStringLiteral("until"), limitOf(a), limitOf(b)},
                              {QStringLiteral("seed"), QString::number(a.scenario.seed),
                               QString::number(b.scenario.seed)},
                              {QStringLiteral("operations"), a.operationsHash, b.operationsHash},
                              {QStringLiteral("server"), a.server.version, b.server.version},
                              {QStringLiteral("synchronous_commit"), a.server.synchronousCommit,
                               b.server.synchronousCommit}};
    QList<Difference> differences;
    for (const Difference& one : all)
        if (one.a != one.b)
            differences.append(one);
    return differences;
}

void addPercentiles(QList<ComparedNumber>& numbers, const QString& name, const Percentiles& a,
                    const Percentiles& b)
{
    const std::pair<const char*, qint64 Percentiles::*> values[] = {{"p50", &Percentiles::p50},
                                                                    {"p95", &Percentiles::p95},
                                                                    {"p99", &Percentiles::p99},
                                                                    {"p999", &Percentiles::p999},
                                                                    {"max", &Percentiles::max}};
    for (const auto& [percentile, value] : values) {
        const qint64 needed = value == &Percentiles::p999 ? enoughForP999 : 1;
        if (std::min(a.count, b.count) >= needed)
            numbers.append({.name = name + QLatin1Char('.') + QLatin1String(percentile),
                            .unit = Unit::Micros,
                            .a = double(a.*value),
                            .b = double(b.*value)});
    }
}

} // namespace

std::optional<double> ComparedNumber::change() const
{
    return a == 0 ? std::nullopt : std::optional((b - a) / a);
}

Comparison comparisonOf(const Report& a, const Report& b)
{
    Comparison comparison{.differences = differencesOf(a, b), .numbers = {}};
    QList<ComparedNumber>& numbers = comparison.numbers;
    numbers.append({.name = QStringLiteral("throughput.ok"),
                    .unit = Unit::PerSecond,
                    .a = a.okPerSecond,
                    .b = b.okPerSecond});
    addPercentiles(numbers, QStringLiteral("response"), a.response, b.response);
    addPercentiles(numbers, QStringLiteral("service"), a.service, b.service);
    addPercentiles(numbers, QStringLiteral("lockWait"), a.lockWait, b.lockWait);
    const std::pair<const char*, qint64 OutcomeCounts::*> counts[] = {
        {"ok", &OutcomeCounts::ok},
        {"replayed", &OutcomeCounts::replayed},
        {"refused", &OutcomeCounts::refused},
        {"failed", &OutcomeCounts::failed},
        {"unknown", &OutcomeCounts::unknown},
        {"skipped", &OutcomeCounts::skipped},
        {"unfinished", &OutcomeCounts::unfinished}};
    for (const auto& [name, count] : counts)
        if (a.live.outcomes.*count != 0 || b.live.outcomes.*count != 0)
            numbers.append({.name = QStringLiteral("outcomes.") + QLatin1String(name),
                            .unit = Unit::Count,
                            .a = double(a.live.outcomes.*count),
                            .b = double(b.live.outcomes.*count)});
    return comparison;
}

QJsonObject toJson(const Comparison& comparison)
{
    QJsonArray differences;
    for (const Difference& difference : comparison.differences)
        differences.append(QJsonObject{{QStringLiteral("what"), difference.what},
                                       {QStringLiteral("a"), difference.a},
                                       {QStringLiteral("b"), difference.b}});
    QJsonArray numbers;
    for (const ComparedNumber& number : comparison.numbers) {
        const auto change = number.change();
        numbers.append(
            QJsonObject{{QStringLiteral("name"), number.name},
                        {QStringLiteral("unit"), nameOf(number.unit)},
                        {QStringLiteral("a"), number.a},
                        {QStringLiteral("b"), number.b},
                        {QStringLiteral("change"), change ? QJsonValue(*change) : QJsonValue()}});
    }
    return {{QStringLiteral("differences"), differences}, {QStringLiteral("numbers"), numbers}};
}

} // namespace tallystick
