// SPDX-License-Identifier: GPL-3.0-or-later
//! Reads the way and the user's own statements.
#include "ledger/stress/targetparser.h"

#include "ledger/core/statementtext.h"

namespace tallystick {

namespace {

using Members = JsonMembers;

constexpr qsizetype maxSteps = 20;
constexpr qsizetype maxStatementCharacters = 20'000;

void readSteps(Members& members, OwnOperation& own, FirstError& error)
{
    const QString name = QStringLiteral("steps");
    members.require(name, QStringLiteral("a list of statements"));
    const QJsonArray steps = members.array(name, maxSteps).value_or(QJsonArray());
    for (qsizetype index = 0; index < steps.size() && !error; ++index) {
        const QString text = steps.at(index).toString();
        // Line ends belong to a statement; the character 0 ends texts on their way to the server.
        const auto refuse = [&](const QString& expected) {
            error = ScenarioError{elementPath(members, name, index), expected,
                                  jsonExcerpt(steps.at(index))};
        };
        if (text.isEmpty() || text.size() > maxStatementCharacters || text.contains(QChar(0)) ||
            !text.isValidUtf16()) {
            refuse(QStringLiteral("a statement of 1 to %1 characters").arg(maxStatementCharacters));
            return;
        }
        const auto read = readStatement(text);
        if (const auto* flaw = std::get_if<StatementFlaw>(&read))
            refuse(flaw->expected);
        own.steps.append(text);
    }
    if (own.steps.isEmpty())
        members.refuse(name, QStringLiteral("at least one statement"));
}

OwnStatements readStatements(Members& target, FirstError& error)
{
    OwnStatements statements;
    const QString name = QStringLiteral("statements");
    const auto object = target.object(name);
    if (!object)
        return statements;
    Members operations(*object, target.pathOf(name), error);
    for (const OperationKind kind : allOperationKinds) {
        const auto operation = operations.object(nameOf(kind));
        if (!operation)
            continue;
        Members members(*operation, operations.pathOf(nameOf(kind)), error);
        OwnOperation own;
        own.transaction = members.flag(QStringLiteral("transaction")).value_or(true);
        readSteps(members, own, error);
        members.finish();
        statements.insert(kind, own);
    }
    operations.finish();
    if (statements.isEmpty())
        target.refuse(name, QStringLiteral("the steps of at least one operation"));
    return statements;
}

} // namespace

void readTarget(Members& file, Scenario& scenario, FirstError& error)
{
    const auto object = file.object(QStringLiteral("target"));
    if (!object)
        return;
    Members target(*object, QStringLiteral("target"), error);
    QStringList names;
    for (const Way way : allWays)
        names.append(nameOf(way));
    if (const auto way = oneOf(target, QStringLiteral("way"), names, wayNamed))
        scenario.target.way = *way;
    const QString name = QStringLiteral("statements");
    const bool isOwn = scenario.target.way == Way::Statements;
    if (isOwn)
        target.require(name, QStringLiteral("the steps of every operation of the mix"));
    else if (target.has(name))
        target.refuse(name, QStringLiteral("none, or the way \"statements\" beside it"));
    scenario.target.statements = readStatements(target, error);
    target.finish();
}

void checkTarget(const Scenario& scenario, FirstError& error)
{
    if (scenario.target.way != Way::Statements || error)
        return;
    for (const MixEntry& entry : scenario.mix)
        if (!scenario.target.statements.contains(entry.operation)) {
            error = ScenarioError{memberPath(entry.operation),
                                  QStringLiteral("its steps, as the mix has this operation"),
                                  QStringLiteral("nothing")};
            return;
        }
}

} // namespace tallystick
