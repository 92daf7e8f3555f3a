// SPDX-License-Identifier: GPL-3.0-or-later
//! Reads a scenario file, strictly.
#include "ledger/stress/demandsparser.h"
#include "ledger/stress/jsonmembers.h"
#include "ledger/stress/loadparser.h"
#include "ledger/stress/scenario.h"
#include "ledger/stress/targetparser.h"

#include <QtCore/QJsonDocument>

#include <algorithm>
#include <limits>

namespace tallystick {

namespace {

// Everything has a limit: these keep a run within one machine's memory and a server's sessions.
constexpr qsizetype maxFileBytes = 1024 * 1024;
constexpr qint64 maxUsers = 100'000;
constexpr qint64 maxMillis = 60'000;
constexpr double maxSeconds = 86'400;

using Members = JsonMembers;
constexpr Members::Range anyInteger{std::numeric_limits<qint64>::min(),
                                    std::numeric_limits<qint64>::max()};
constexpr Members::Range storedRange{Credits::storedMin().value(), Credits::storedMax().value()};

QStringList operationNames()
{
    QStringList names;
    for (const OperationKind kind : allOperationKinds)
        names.append(nameOf(kind));
    return names;
}

void readChoice(Members& users, ScenarioUsers& into, FirstError& error)
{
    const auto object = users.object(QStringLiteral("choice"));
    if (!object)
        return;
    using Choice = ScenarioUsers::Choice;
    static const QMap<QString, Choice> choices{{QStringLiteral("uniform"), Choice::Uniform},
                                               {QStringLiteral("zipf"), Choice::Zipf},
                                               {QStringLiteral("hotSet"), Choice::HotSet},
                                               {QStringLiteral("single"), Choice::Single}};
    const auto choiceNamed = [](const QString& name) -> std::optional<Choice> {
        return choices.contains(name) ? std::optional(choices.value(name)) : std::nullopt;
    };
    Members choice(*object, users.pathOf(QStringLiteral("choice")), error);
    choice.require(QStringLiteral("kind"), QStringLiteral("how users are chosen"));
    into.choice =
        oneOf(choice, QStringLiteral("kind"), choices.keys(), choiceNamed).value_or(into.choice);
    if (into.choice == Choice::Zipf)
        into.zipfTheta = choice.number(QStringLiteral("theta"), 0, 1.5).value_or(into.zipfTheta);
    if (into.choice == Choice::HotSet) {
        into.hotUsers =
            int(choice.integer(QStringLiteral("users"), {1, into.count}).value_or(into.hotUsers));
        into.hotPercent =
            int(choice.integer(QStringLiteral("percent"), {0, 100}).value_or(into.hotPercent));
    }
    choice.finish();
}

/// Prepared rows are written by the rules, in order: what the rules refuse or cut cannot stand
/// there. \a balance: before the row, then after it.
void checkPrepared(Members& row, const PreparedRow& prepared, const QList<PreparedRow>& before,
                   qint64& balance)
{
    for (const PreparedRow& other : before)
        if (other.name == prepared.name)
            row.refuse(QStringLiteral("name"), QStringLiteral("a name no other prepared row has"));
    if (!prepared.active)
        return;
    const bool isSpend = prepared.operation == OperationKind::Spend;
    const qint64 amount = prepared.amount.value();
    balance += isSpend ? -amount : amount;
    if (isSpend && balance < 0)
        row.refuse(QStringLiteral("amount"), QStringLiteral("at most the balance before, %1")
                                                 .arg(std::max<qint64>(0, balance + amount)));
    else if (balance > storedRange.most)
        row.refuse(QStringLiteral("amount"), QStringLiteral("at most %1, what can still be stored")
                                                 .arg(storedRange.most - balance + amount));
}

void readPrepared(Members& users, ScenarioUsers& into, FirstError& error)
{
    static const QStringList names{QStringLiteral("spend"), QStringLiteral("topUp"),
                                   QStringLiteral("grant")};
    const auto preparable = [](const QString& name) {
        return names.contains(name) ? operationNamed(name) : std::nullopt;
    };
    qint64 balance = into.openingBalance.value();
    eachObject(users, QStringLiteral("prepared"), 20, error, [&](Members& row) {
        for (const char* member : {"name", "operation", "amount"})
            row.require(QLatin1String(member), QStringLiteral("this member"));
        PreparedRow prepared;
        prepared.name = row.text(QStringLiteral("name"), maxNameCharacters).value_or(QString());
        prepared.operation =
            oneOf(row, QStringLiteral("operation"), names, preparable).value_or(prepared.operation);
        prepared.amount =
            row.credits(QStringLiteral("amount"), {1, storedRange.most}).value_or(Credits());
        prepared.active = row.flag(QStringLiteral("active")).value_or(true);
        if (prepared.name == QLatin1String("opening"))
            row.refuse(QStringLiteral("name"),
                       QStringLiteral("another name: this one stands for the opening balance"));
        checkPrepared(row, prepared, into.prepared, balance);
        into.prepared.append(prepared);
    });
}

void readUsers(Members& file, Scenario& scenario, FirstError& error)
{
    const auto object = file.object(QStringLiteral("users"));
    if (!object)
        return;
    ScenarioUsers& into = scenario.users;
    Members users(*object, QStringLiteral("users"), error);
    into.count = int(users.integer(QStringLiteral("count"), {1, maxUsers}).value_or(1));
    into.openingBalance =
        users.credits(QStringLiteral("openingBalance"), storedRange).value_or(Credits());
    into.balanceRow = users.flag(QStringLiteral("balanceRow")).value_or(true);
    into.history = users.flag(QStringLiteral("history")).value_or(true);
    if (!into.history && !into.openingBalance.isZero())
        users.refuse(QStringLiteral("history"), QStringLiteral("true, or an opening balance of 0"));
    readPrepared(users, into, error);
    readChoice(users, into, error);
    users.finish();
}

void readAmount(Members& members, MixEntry& entry, FirstError& error)
{
    const QString name = QStringLiteral("amount");
    using Kind = OperationKind;
    if (entry.operation == Kind::Read || entry.operation == Kind::Reverse ||
        entry.operation == Kind::Activate)
        return; // left unknown: an amount here would be ignored
    members.require(name, QStringLiteral("a whole number, or {\"min\": …, \"max\": …}"));
    // Only a staff correction may go both ways; every other name says its direction.
    const qint64 least = entry.operation == Kind::Grant ? anyInteger.least : 1;
    if (const auto range = members.isObject(name) ? members.object(name) : std::nullopt) {
        Members amount(*range, members.pathOf(name), error);
        amount.require(QStringLiteral("min"), QStringLiteral("the least amount"));
        amount.require(QStringLiteral("max"), QStringLiteral("the greatest amount"));
        entry.minAmount = amount.credits(QStringLiteral("min"), {least, anyInteger.most})
                              .value_or(Credits::of(1));
        entry.maxAmount =
            amount.credits(QStringLiteral("max"), {entry.minAmount.value(), anyInteger.most})
                .value_or(entry.minAmount);
        amount.finish();
    } else {
        entry.minAmount = entry.maxAmount =
            members.credits(name, {least, anyInteger.most}).value_or(Credits());
    }
}

/// What an operation must name, and what only some operations may.
void readSubject(Members& members, MixEntry& entry, const ScenarioUsers& users)
{
    using Kind = OperationKind;
    const Kind kind = entry.operation;
    if (kind == Kind::Reward) {
        members.require(QStringLiteral("step"), QStringLiteral("the step that is rewarded"));
        entry.step = members.text(QStringLiteral("step"), maxNameCharacters).value_or(QString());
    }
    if (kind == Kind::TopUp)
        if (members.has(QStringLiteral("ceiling")))
            entry.ceiling = members.credits(QStringLiteral("ceiling"), anyInteger);
    if (kind == Kind::Spend || kind == Kind::Grant)
        entry.mayOverdraw = members.flag(QStringLiteral("mayOverdraw")).value_or(false);
    if (kind == Kind::Spend || kind == Kind::TopUp || kind == Kind::Grant)
        entry.key = members.text(QStringLiteral("key"), maxNameCharacters).value_or(QString());
    if (kind != Kind::Refund && kind != Kind::Reverse && kind != Kind::Activate)
        return;
    if (kind != Kind::Refund)
        members.require(QStringLiteral("of"), QStringLiteral("the name of a prepared row"));
    entry.of = members.text(QStringLiteral("of"), maxNameCharacters).value_or(QString());
    QStringList names;
    if (users.history && !users.openingBalance.isZero())
        names.append(QStringLiteral("opening"));
    for (const PreparedRow& row : users.prepared)
        names.append(row.name);
    if (!entry.of.isEmpty() && !names.contains(entry.of))
        members.refuse(QStringLiteral("of"),
                       names.isEmpty()
                           ? QStringLiteral("a prepared row, and there is none")
                           : QStringLiteral("one of ") + names.join(QStringLiteral(", ")));
}

void readMix(Members& file, Scenario& scenario, FirstError& error)
{
    file.require(QStringLiteral("mix"), QStringLiteral("a list of operations"));
    eachObject(file, QStringLiteral("mix"), 100, error, [&](Members& members) {
        MixEntry entry;
        members.require(QStringLiteral("operation"), QStringLiteral("what is done"));
        entry.operation =
            oneOf(members, QStringLiteral("operation"), operationNames(), operationNamed)
                .value_or(entry.operation);
        entry.weight = int(members.integer(QStringLiteral("weight"), {1, 1'000'000}).value_or(0));
        entry.count = int(members.integer(QStringLiteral("count"), {1, maxOperations}).value_or(0));
        if ((entry.weight > 0) == (entry.count > 0))
            members.refuse(QStringLiteral("weight"), QStringLiteral("either a weight or a count"));
        readAmount(members, entry, error);
        readSubject(members, entry, scenario.users);
        entry.delayMillis =
            int(members.integer(QStringLiteral("delayMillis"), {0, maxMillis}).value_or(0));
        entry.afterOthers = members.flag(QStringLiteral("afterOthers")).value_or(false);
        if (entry.afterOthers && entry.count == 0)
            members.refuse(QStringLiteral("afterOthers"),
                           QStringLiteral("a count instead of a weight beside it"));
        scenario.mix.append(entry);
    });
    if (scenario.mix.isEmpty())
        file.refuse(QStringLiteral("mix"), QStringLiteral("at least one operation"));
}

/// Counts say themselves when a run is over; weights need a length.
void readUntil(Members& file, Scenario& scenario, FirstError& error)
{
    const QString name = QStringLiteral("until");
    qint64 counted = 0;
    bool isWeighted = false;
    for (const MixEntry& entry : scenario.mix) {
        counted += entry.count;
        isWeighted = isWeighted || entry.weight > 0;
    }
    if (const auto object = file.object(name)) {
        Members until(*object, name, error);
        scenario.seconds = until.number(QStringLiteral("seconds"), 0.1, maxSeconds);
        scenario.operations = until.integer(QStringLiteral("operations"), {1, maxOperations});
        until.finish();
    } else if (!isWeighted) {
        scenario.operations = counted;
    }
    if (error)
        return;
    if (scenario.seconds.has_value() == scenario.operations.has_value())
        file.refuse(name, QStringLiteral("either {\"seconds\": …} or {\"operations\": …}"));
    else if (scenario.seconds && counted > 0)
        file.refuse(name, QStringLiteral("operations: the mix gives counts"));
    else if (scenario.operations && !isWeighted && *scenario.operations != counted)
        file.refuse(name, QStringLiteral("as many operations as the mix counts: %1").arg(counted));
    else if (scenario.operations && *scenario.operations < counted)
        file.refuse(name, QStringLiteral("at least the %1 operations counted").arg(counted));
}

} // namespace

std::variant<Scenario, ScenarioError> parseScenario(const QByteArray& json)
{
    if (json.size() > maxFileBytes)
        return ScenarioError{{},
                             QStringLiteral("a file of at most 1 MiB"),
                             QStringLiteral("%1 bytes").arg(json.size())};
    QJsonParseError syntax;
    const QJsonDocument document = QJsonDocument::fromJson(json, &syntax);
    if (json.trimmed().isEmpty())
        return ScenarioError{{}, QStringLiteral("a JSON object"), QStringLiteral("an empty file")};
    if (syntax.error != QJsonParseError::NoError)
        return ScenarioError{
            {},
            QStringLiteral("a JSON object"),
            QStringLiteral("%1 at byte %2").arg(syntax.errorString()).arg(syntax.offset)};
    if (!document.isObject())
        return ScenarioError{{}, QStringLiteral("a JSON object"), QStringLiteral("a list")};
    Scenario scenario;
    FirstError error;
    Members file(document.object(), {}, error);
    std::ignore = file.text(QStringLiteral("$schema"), maxSentenceCharacters); // for editors
    file.require(QStringLiteral("name"), QStringLiteral("the scenario's name"));
    scenario.name = file.text(QStringLiteral("name"), maxNameCharacters).value_or(QString());
    scenario.title = file.text(QStringLiteral("title"), maxNameCharacters).value_or(scenario.name);
    scenario.description =
        file.text(QStringLiteral("description"), maxSentenceCharacters).value_or(QString());
    readTarget(file, scenario, error);
    readUsers(file, scenario, error);
    readMix(file, scenario, error);
    checkTarget(scenario, error);
    readUntil(file, scenario, error);
    readLoad(file, scenario, error);
    scenario.seed = quint64(
        file.integer(QStringLiteral("seed"), {0, anyInteger.most}).value_or(qint64(scenario.seed)));
    readThresholds(file, scenario, error);
    readExpectations(file, scenario, error);
    readControls(file, document.object(), scenario, error);
    scenario.inSuite = file.flag(QStringLiteral("suite")).value_or(true);
    // Named by the design, but this engine has none to inject: silently ignoring one would lie.
    if (!file.array(QStringLiteral("faults"), 20).value_or(QJsonArray()).isEmpty())
        file.refuse(QStringLiteral("faults"), QStringLiteral("an empty list"));
    file.finish();
    if (error)
        return *std::move(error);
    return scenario;
}

} // namespace tallystick
