// SPDX-License-Identifier: GPL-3.0-or-later
//! Reads what must hold after a run.
#include "ledger/stress/demandsparser.h"

#include "ledger/core/error.h"
#include "ledger/core/transactiontype.h"

#include <limits>

namespace tallystick {

namespace {

using Members = JsonMembers;
constexpr Members::Range anyInteger{std::numeric_limits<qint64>::min(),
                                    std::numeric_limits<qint64>::max()};

QMap<QString, qint64> readCounts(Members& expect, const QString& name, const QStringList& names,
                                 FirstError& error)
{
    QMap<QString, qint64> counts;
    const auto object = expect.object(name);
    if (!object)
        return counts;
    Members members(*object, expect.pathOf(name), error);
    for (const QString& known : names)
        if (const auto count = members.integer(known, {0, maxOperations}))
            counts.insert(known, *count);
    members.finish();
    return counts;
}

void readExpectedRows(Members& expect, Expectations& into, FirstError& error)
{
    QStringList labels;
    for (const TransactionType type : writableTypes)
        labels.append(labelOf(type));
    into.rowsByType = readCounts(expect, QStringLiteral("rowsByType"), labels, error);
    const QJsonArray within =
        expect.array(QStringLiteral("runningBalancesWithin"), 1'000).value_or(QJsonArray());
    for (const QJsonValueConstRef balance : within) {
        if (!balance.isDouble())
            expect.refuse(QStringLiteral("runningBalancesWithin"),
                          QStringLiteral("a list of whole numbers"));
        into.runningBalancesWithin.append(Credits::of(balance.toInteger()));
    }
    into.minRunningBalance = expect.credits(QStringLiteral("minRunningBalance"), anyInteger);
    into.newestRunningBalance = expect.credits(QStringLiteral("newestRunningBalance"), anyInteger);
    into.newestAmount = expect.credits(QStringLiteral("newestAmount"), anyInteger);
    into.newestRequested = expect.credits(QStringLiteral("newestRequested"), anyInteger);
    if (const auto count =
            expect.integer(QStringLiteral("distinctRunningBalances"), {0, maxOperations}))
        into.distinctRunningBalances = int(*count);
    into.keyOfOnlyGrant = expect.text(QStringLiteral("keyOfOnlyGrant"), maxSentenceCharacters);
}

} // namespace

void readExpectations(Members& file, Scenario& scenario, FirstError& error)
{
    const auto object = file.object(QStringLiteral("expect"));
    if (!object)
        return;
    Expectations& into = scenario.expect;
    Members expect(*object, QStringLiteral("expect"), error);
    QStringList refusals;
    for (const Refusal refusal : allRefusals)
        refusals.append(nameOf(refusal));
    into.balance = expect.credits(QStringLiteral("balance"), anyInteger);
    into.ok = expect.integer(QStringLiteral("ok"), {0, maxOperations});
    into.replayed = expect.integer(QStringLiteral("replayed"), {0, maxOperations});
    into.failed = expect.integer(QStringLiteral("failed"), {0, maxOperations});
    into.refused = readCounts(expect, QStringLiteral("refused"), refusals, error);
    readExpectedRows(expect, into, error);
    into.lockWaitsSeen = expect.flag(QStringLiteral("lockWaitsSeen")).value_or(false);
    expect.finish();
    if (scenario.users.count > 1 && !object->isEmpty())
        file.refuse(QStringLiteral("expect"), QStringLiteral("nothing where users are many"));
}

void readControls(Members& file, const QJsonObject& document, Scenario& scenario, FirstError& error)
{
    const QString name = QStringLiteral("control");
    QStringList names;
    for (const Fault fault : allFaults)
        names.append(nameOf(fault));
    const auto readOne = [&](Members& members) {
        Control control;
        members.require(QStringLiteral("invariants"), QStringLiteral("what must find it"));
        // The user's own SQL is its own fault; the faults of this program's rules do not fit it.
        if (scenario.target.way == Way::Statements) {
            if (members.has(QStringLiteral("fault")))
                members.refuse(QStringLiteral("fault"),
                               QStringLiteral("none, as the statements are the target"));
        } else {
            members.require(QStringLiteral("fault"), QStringLiteral("a broken posting"));
            control.fault = oneOf(members, QStringLiteral("fault"), names, faultNamed);
        }
        control.invariants = textList(members, QStringLiteral("invariants"), 20, error);
        if (control.invariants.isEmpty())
            members.refuse(QStringLiteral("invariants"), QStringLiteral("at least one"));
        scenario.controls.append(control);
    };
    if (document.value(name).isArray()) {
        eachObject(file, name, 20, error, readOne);
    } else if (const auto object = file.object(name)) {
        Members members(*object, name, error);
        readOne(members);
        members.finish();
    }
}

void readThresholds(Members& file, Scenario& scenario, FirstError& error)
{
    const QString name = QStringLiteral("thresholds");
    const QStringList texts = textList(file, name, 50, error);
    for (qsizetype index = 0; index < texts.size() && !error; ++index) {
        if (const auto threshold = parseThreshold(texts.at(index)))
            scenario.thresholds.append(*threshold);
        else
            error = ScenarioError{elementPath(file, name, index),
                                  QStringLiteral("such as \"response.p99 < 50ms\" or "
                                                 "\"throughput.ok >= 1000\""),
                                  texts.at(index)};
    }
}

} // namespace tallystick
