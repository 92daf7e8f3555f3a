// SPDX-License-Identifier: GPL-3.0-or-later
//! The scenarios the program carries in itself, in their order.
#include "ledger/stress/scenario.h"

#include <QtCore/QFile>

#include <array>

namespace tallystick {

namespace {

/// The order of the acceptance tables, then the demonstrations. A test holds this list and the
/// files together.
constexpr std::array builtinNames{
    "concurrent-spends",    "insufficient-balance", "mixed-operations",
    "exact-balance",        "reward-idempotency",   "overflow-protection",
    "high-concurrency",     "multiple-spends",      "locking-behaviour",
    "ceiling-rejects",      "ceiling-clamps",       "ceiling-allows",
    "cold-start",           "cold-start-history",   "activate-once",
    "ceiling-never-lowers", "underflow-protection", "refunds",
    "duplicate-key",        "reversal-once",        "own-sql-locked",
    "hot-customer",         "own-sql-racy",         "own-sql-cold-start"};

QList<Scenario> readBuiltins()
{
    QList<Scenario> scenarios;
    for (const char* const name : builtinNames) {
        QFile file(QStringLiteral(":/tallystick/scenarios/%1.json").arg(QLatin1String(name)));
        const bool isOpen = file.open(QIODevice::ReadOnly);
        const auto parsed = parseScenario(file.readAll());
        const Scenario* const scenario = std::get_if<Scenario>(&parsed);
        if (!isOpen || !scenario)
            qFatal("built-in scenario %s: %s", name,
                   isOpen ? qPrintable(std::get<ScenarioError>(parsed).path) : "missing");
        scenarios.append(*scenario);
    }
    return scenarios;
}

} // namespace

QByteArray scenarioSchema()
{
    QFile file(QStringLiteral(":/tallystick/scenario.schema.json"));
    const bool isOpen = file.open(QIODevice::ReadOnly);
    Q_ASSERT(isOpen);
    return isOpen ? file.readAll() : QByteArray();
}

const QList<Scenario>& builtinScenarios()
{
    static const QList<Scenario> scenarios = readBuiltins();
    return scenarios;
}

const Scenario* builtinScenario(const QString& name)
{
    for (const Scenario& scenario : builtinScenarios())
        if (scenario.name == name)
            return &scenario;
    return nullptr;
}

} // namespace tallystick
