// SPDX-License-Identifier: GPL-3.0-or-later
//! A described attack on a ledger: who, what, how hard, how long, and what must hold afterwards.
#pragma once
#include "ledger/core/bench.h"
#include "ledger/core/operationkind.h"
#include "ledger/stress/load.h"

#include <QtCore/QJsonObject>
#include <QtCore/QMap>
#include <QtCore/QStringList>

#include <array>
#include <optional>
#include <variant>

namespace tallystick {

/// One kind of operation of a scenario's mix.
struct MixEntry
{
    OperationKind operation = OperationKind::Read;
    int weight = 0; ///< share of a random mix; 0 when count is given
    int count = 0;  ///< exactly so many, in place of a weight
    Credits minAmount;
    Credits maxAmount; ///< inclusive
    std::optional<Credits> ceiling;
    bool mayOverdraw = false;
    QString step; ///< of rewards
    QString key;  ///< every operation uses this one key (duplicate-key races); empty: own keys
    QString of;   ///< which prepared row is refunded, reversed or activated, by its name
    int delayMillis = 0;      ///< waits so long before it is sent
    bool afterOthers = false; ///< sent only when every other operation has been answered
};

struct PreparedRow
{
    QString name;                                   ///< "opening" stands for the opening balance
    OperationKind operation = OperationKind::TopUp; ///< Spend, TopUp or Grant
    Credits amount;
    bool active = true;
};

struct ScenarioUsers
{
    int count = 1;
    Credits openingBalance;
    bool balanceRow = true;
    bool history = true; ///< the opening balance stands as a row (a balance row cannot without it)
    QList<PreparedRow> prepared;
    enum class Choice { Uniform, Zipf, HotSet, Single };
    Choice choice = Choice::Uniform;
    double zipfTheta = 0.99;
    int hotUsers = 1;
    int hotPercent = 90;
};

/// What must hold afterwards besides the invariants; single-user scenarios.
struct Expectations
{
    std::optional<Credits> balance;
    std::optional<qint64> ok, replayed;
    QMap<QString, qint64> refused;        ///< by name of the Refusal
    std::optional<qint64> failed;         ///< usually 0
    QMap<QString, qint64> rowsByType;     ///< by label, "USAGE" …, rows of the run and before it
    QList<Credits> runningBalancesWithin; ///< every running balance of the run is one of these
    std::optional<Credits> minRunningBalance, newestRunningBalance, newestAmount, newestRequested;
    std::optional<int> distinctRunningBalances; ///< of the rows the run wrote
    std::optional<QString> keyOfOnlyGrant;      ///< with {user} in place of the user's id
    bool lockWaitsSeen = false; ///< lock samples must show waiters queued behind holders
};

/// A demand on the numbers of a run: "response.p99 < 50ms", "throughput.ok >= 1000". Missed, the
/// verdict is SloMiss, unless it is worse. Metrics: response|service|lockWait .p50 .p95 .p99 .p999
/// .max (us, ms or s) and throughput.ok (a second).
struct Threshold
{
    enum class Relation { Less, LessOrEqual, Greater, GreaterOrEqual };
    QString text; ///< as written
    QString metric;
    Relation relation = Relation::Less;
    double limit = 0; ///< microseconds, or operations a second
};
[[nodiscard]] std::optional<Threshold> parseThreshold(const QString& text);

/// A broken posting that must fail here, and by which invariants (any of them names the fault).
struct Control
{
    std::optional<Fault> fault; ///< nothing: the scenario's own target is broken as it is
    QStringList invariants;
};

struct Scenario
{
    QString name;
    QString title;       ///< short, for lists
    QString description; ///< one or two sentences for a person
    Target target;
    ScenarioUsers users;
    QList<MixEntry> mix;
    int clients = 1;              ///< sessions that send operations
    int thinkMillis = 0;          ///< of a closed load: the pause after each answer
    std::optional<OpenLoad> open; ///< nothing: the load is closed
    LoadProfile profile;
    int holdLockMillis = 0; ///< another session holds the first user's balance so long at the start
    std::optional<double> seconds; ///< one of both
    std::optional<qint64> operations;
    quint64 seed = 42;
    Expectations expect;
    QList<Threshold> thresholds;
    QList<Control> controls;
    bool inSuite = true; ///< false: a demonstration, too long for the suite
};

/// The scenario as a file again: what a report keeps so that the run can be repeated.
[[nodiscard]] QJsonObject toJson(const Scenario& scenario);
/// The ways it can run: either of this program's, or the statements it brings.
[[nodiscard]] QList<Way> waysOf(const Scenario& scenario);
/// With a broken posting in place of the way, where the control names one.
[[nodiscard]] Scenario underControl(Scenario scenario, const Control& control);

/// What is wrong with a scenario file: the path of the member ("mix[2].amount.min"), what was
/// expected there and what was found.
struct ScenarioError
{
    QString path;
    QString expected;
    QString found;
};

/// Strict: unknown members are errors too.
[[nodiscard]] std::variant<Scenario, ScenarioError> parseScenario(const QByteArray& json);
/// JSON Schema 2020-12 of scenario files, as it is shipped.
[[nodiscard]] QByteArray scenarioSchema();
/// Every built-in scenario, in the order of the acceptance tables; then the demonstrations, which
/// are not inSuite.
[[nodiscard]] const QList<Scenario>& builtinScenarios();
[[nodiscard]] const Scenario* builtinScenario(const QString& name);

} // namespace tallystick
