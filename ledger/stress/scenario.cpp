// SPDX-License-Identifier: GPL-3.0-or-later
//! Demands on numbers, and a scenario written as a file again.
#include "ledger/stress/scenario.h"

#include <QtCore/QJsonArray>
#include <QtCore/QRegularExpression>

namespace tallystick {

namespace {

QString nameOf(ScenarioUsers::Choice choice)
{
    switch (choice) {
    case ScenarioUsers::Choice::Uniform:
        return QStringLiteral("uniform");
    case ScenarioUsers::Choice::Zipf:
        return QStringLiteral("zipf");
    case ScenarioUsers::Choice::HotSet:
        return QStringLiteral("hotSet");
    case ScenarioUsers::Choice::Single:
        return QStringLiteral("single");
    }
    Q_UNREACHABLE();
}

QJsonObject toJson(const ScenarioUsers& users)
{
    QJsonObject choice{{QStringLiteral("kind"), nameOf(users.choice)}};
    if (users.choice == ScenarioUsers::Choice::Zipf)
        choice.insert(QStringLiteral("theta"), users.zipfTheta);
    if (users.choice == ScenarioUsers::Choice::HotSet) {
        choice.insert(QStringLiteral("users"), users.hotUsers);
        choice.insert(QStringLiteral("percent"), users.hotPercent);
    }
    QJsonObject json{{QStringLiteral("count"), users.count},
                     {QStringLiteral("openingBalance"), users.openingBalance.value()},
                     {QStringLiteral("balanceRow"), users.balanceRow},
                     {QStringLiteral("history"), users.history},
                     {QStringLiteral("choice"), choice}};
    QJsonArray prepared;
    for (const PreparedRow& row : users.prepared)
        prepared.append(QJsonObject{{QStringLiteral("name"), row.name},
                                    {QStringLiteral("operation"), nameOf(row.operation)},
                                    {QStringLiteral("amount"), row.amount.value()},
                                    {QStringLiteral("active"), row.active}});
    if (!prepared.isEmpty())
        json.insert(QStringLiteral("prepared"), prepared);
    return json;
}

void insertAmount(QJsonObject& json, const MixEntry& entry)
{
    if (entry.minAmount.isZero() && entry.maxAmount.isZero())
        return;
    if (entry.minAmount == entry.maxAmount)
        json.insert(QStringLiteral("amount"), entry.minAmount.value());
    else
        json.insert(QStringLiteral("amount"),
                    QJsonObject{{QStringLiteral("min"), entry.minAmount.value()},
                                {QStringLiteral("max"), entry.maxAmount.value()}});
}

QJsonObject toJson(const MixEntry& entry)
{
    QJsonObject json{{QStringLiteral("operation"), nameOf(entry.operation)}};
    if (entry.count > 0)
        json.insert(QStringLiteral("count"), entry.count);
    else
        json.insert(QStringLiteral("weight"), entry.weight);
    insertAmount(json, entry);
    if (entry.ceiling)
        json.insert(QStringLiteral("ceiling"), entry.ceiling->value());
    if (entry.mayOverdraw)
        json.insert(QStringLiteral("mayOverdraw"), true);
    if (!entry.step.isEmpty())
        json.insert(QStringLiteral("step"), entry.step);
    if (!entry.key.isEmpty())
        json.insert(QStringLiteral("key"), entry.key);
    if (!entry.of.isEmpty())
        json.insert(QStringLiteral("of"), entry.of);
    if (entry.delayMillis > 0)
        json.insert(QStringLiteral("delayMillis"), entry.delayMillis);
    if (entry.afterOthers)
        json.insert(QStringLiteral("afterOthers"), true);
    return json;
}

QJsonObject countsJson(const QMap<QString, qint64>& counts)
{
    QJsonObject json;
    for (auto count = counts.begin(); count != counts.end(); ++count)
        json.insert(count.key(), count.value());
    return json;
}

QJsonObject toJson(const Expectations& expect)
{
    QJsonObject json;
    const auto money = [&json](const char* name, const std::optional<Credits>& credits) {
        if (credits)
            json.insert(QLatin1String(name), credits->value());
    };
    const auto count = [&json](const char* name, const auto& value) {
        if (value)
            json.insert(QLatin1String(name), *value);
    };
    money("balance", expect.balance);
    count("ok", expect.ok);
    count("replayed", expect.replayed);
    count("failed", expect.failed);
    if (!expect.refused.isEmpty())
        json.insert(QStringLiteral("refused"), countsJson(expect.refused));
    if (!expect.rowsByType.isEmpty())
        json.insert(QStringLiteral("rowsByType"), countsJson(expect.rowsByType));
    QJsonArray within;
    for (const Credits credits : expect.runningBalancesWithin)
        within.append(credits.value());
    if (!within.isEmpty())
        json.insert(QStringLiteral("runningBalancesWithin"), within);
    money("minRunningBalance", expect.minRunningBalance);
    money("newestRunningBalance", expect.newestRunningBalance);
    money("newestAmount", expect.newestAmount);
    money("newestRequested", expect.newestRequested);
    count("distinctRunningBalances", expect.distinctRunningBalances);
    count("keyOfOnlyGrant", expect.keyOfOnlyGrant);
    if (expect.lockWaitsSeen)
        json.insert(QStringLiteral("lockWaitsSeen"), true);
    return json;
}

QJsonArray toJson(const QList<Control>& controls)
{
    QJsonArray json;
    for (const Control& control : controls) {
        QJsonObject one{
            {QStringLiteral("invariants"), QJsonArray::fromStringList(control.invariants)}};
        if (control.fault)
            one.insert(QStringLiteral("fault"), nameOf(*control.fault));
        json.append(one);
    }
    return json;
}

QJsonObject toJson(const Target& target)
{
    QJsonObject json{{QStringLiteral("way"), nameOf(target.way)}};
    QJsonObject statements;
    for (auto own = target.statements.cbegin(); own != target.statements.cend(); ++own)
        statements.insert(
            nameOf(own.key()),
            QJsonObject{{QStringLiteral("transaction"), own->transaction},
                        {QStringLiteral("steps"), QJsonArray::fromStringList(own->steps)}});
    if (!statements.isEmpty())
        json.insert(QStringLiteral("statements"), statements);
    return json;
}

} // namespace

std::optional<Threshold> parseThreshold(const QString& text)
{
    static const QRegularExpression grammar(QStringLiteral(
        R"(^\s*((?:response|service|lockWait)\.(?:p50|p95|p99|p999|max)|throughput\.ok))"
        R"(\s*(<=|>=|<|>)\s*([0-9]+(?:\.[0-9]+)?)\s*(us|ms|s)?\s*$)"));
    const QRegularExpressionMatch match = grammar.match(text);
    if (!match.hasMatch())
        return std::nullopt;
    Threshold threshold{.text = text.trimmed(), .metric = match.captured(1)};
    const QString unit = match.captured(4);
    const bool isTime = !threshold.metric.startsWith(QLatin1String("throughput"));
    if (isTime == unit.isEmpty())
        return std::nullopt;
    using Relation = Threshold::Relation;
    const QString relation = match.captured(2);
    threshold.relation = relation == QLatin1String("<")    ? Relation::Less
                         : relation == QLatin1String("<=") ? Relation::LessOrEqual
                         : relation == QLatin1String(">")  ? Relation::Greater
                                                           : Relation::GreaterOrEqual;
    const double micros = unit == QLatin1String("s") ? 1e6 : unit == QLatin1String("ms") ? 1e3 : 1;
    threshold.limit = match.captured(3).toDouble() * micros;
    return threshold;
}

QJsonObject toJson(const Scenario& scenario)
{
    QJsonArray mix;
    for (const MixEntry& entry : scenario.mix)
        mix.append(toJson(entry));
    QJsonArray thresholds;
    for (const Threshold& threshold : scenario.thresholds)
        thresholds.append(threshold.text);
    QJsonObject json{{QStringLiteral("name"), scenario.name},
                     {QStringLiteral("title"), scenario.title},
                     {QStringLiteral("description"), scenario.description},
                     {QStringLiteral("target"), toJson(scenario.target)},
                     {QStringLiteral("users"), toJson(scenario.users)},
                     {QStringLiteral("mix"), mix},
                     {QStringLiteral("load"), loadJson(scenario)},
                     {QStringLiteral("until"),
                      scenario.seconds ? QJsonObject{{QStringLiteral("seconds"), *scenario.seconds}}
                                       : QJsonObject{{QStringLiteral("operations"),
                                                      scenario.operations.value_or(0)}}},
                     {QStringLiteral("seed"), qint64(scenario.seed)},
                     {QStringLiteral("thresholds"), thresholds},
                     {QStringLiteral("expect"), toJson(scenario.expect)},
                     {QStringLiteral("control"), toJson(scenario.controls)},
                     {QStringLiteral("suite"), scenario.inSuite}};
    return json;
}

QList<Way> waysOf(const Scenario& scenario)
{
    if (scenario.target.way == Way::Statements)
        return {Way::Statements};
    return QList<Way>(ruleWays.begin(), ruleWays.end());
}

Scenario underControl(Scenario scenario, const Control& control)
{
    scenario.target.fault = control.fault;
    return scenario;
}

} // namespace tallystick
