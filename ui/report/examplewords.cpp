// SPDX-License-Identifier: GPL-3.0-or-later
//! Words for counter-examples, from the codes the checks give them.
#include "ui/report/runwords.h"
#include "ui/shared/format.h"
#include "ui/shared/words.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QHash>

#include <algorithm>

namespace tallystick {

namespace {

struct ExampleWords
{
    Q_DECLARE_TR_FUNCTIONS(ExampleWords)
};

using Words = QHash<QString, const char*>;

/// Codes whose two numbers are money.
const Words& aboutMoney()
{
    static const Words words{
        {QStringLiteral("lost"), QT_TRANSLATE_NOOP("ExampleWords", "acknowledged, but no row")},
        {QStringLiteral("ghost"),
         QT_TRANSLATE_NOOP("ExampleWords", "a row of an operation that did not succeed")},
        {QStringLiteral("fork"),
         QT_TRANSLATE_NOOP("ExampleWords", "two rows start from one balance")},
        {QStringLiteral("gap"), QT_TRANSLATE_NOOP("ExampleWords", "a row is missing before it")},
        {QStringLiteral("tail"),
         QT_TRANSLATE_NOOP("ExampleWords", "the last row and the stored balance disagree")},
        {QStringLiteral("arithmetic"),
         QT_TRANSLATE_NOOP("ExampleWords", "moved the balance by something else than its amount")},
        {QStringLiteral("negative"),
         QT_TRANSLATE_NOOP("ExampleWords", "below zero without permission")},
        {QStringLiteral("sum mismatch"),
         QT_TRANSLATE_NOOP("ExampleWords", "the amounts do not add up to the balance")},
        {QStringLiteral("foreign"),
         QT_TRANSLATE_NOOP("ExampleWords", "a row that belongs to no operation")},
        {QStringLiteral("twice"), QT_TRANSLATE_NOOP("ExampleWords", "counted more than once")},
        {QStringLiteral("reversedTwice"),
         QT_TRANSLATE_NOOP("ExampleWords", "reversed more than once")},
        {QStringLiteral("contradicted"),
         QT_TRANSLATE_NOOP("ExampleWords", "refused for a reason the rows contradict")},
        {QStringLiteral("replayDiffers"),
         QT_TRANSLATE_NOOP("ExampleWords", "the repeated answer names another row")},
        {QStringLiteral("differs"),
         QT_TRANSLATE_NOOP("ExampleWords", "row and acknowledgement differ")},
        {QStringLiteral("lowered"),
         QT_TRANSLATE_NOOP("ExampleWords", "a ceiling lowered the balance")},
        {QStringLiteral("aboveCeiling"),
         QT_TRANSLATE_NOOP("ExampleWords", "lifted above the ceiling")},
        {QStringLiteral("refundExceedsPayment"),
         QT_TRANSLATE_NOOP("ExampleWords", "refunds exceed the payment")},
        {QStringLiteral("rowsAndBalance"),
         QT_TRANSLATE_NOOP("ExampleWords", "the rows do not add up to the stored balance")},
        {QStringLiteral("historyAndBalance"),
         QT_TRANSLATE_NOOP("ExampleWords", "what was acknowledged does not add up to the balance")},
        {QStringLiteral("totals"), QT_TRANSLATE_NOOP("ExampleWords", "the totals disagree")},
        {QStringLiteral("order"),
         QT_TRANSLATE_NOOP("ExampleWords", "stands before what had ended earlier")},
        {QStringLiteral("orderUnknown"),
         QT_TRANSLATE_NOOP("ExampleWords", "its place in the order is not known")},
        {QStringLiteral("unjustified"),
         QT_TRANSLATE_NOOP("ExampleWords", "refused, though no balance of that time forbade it")},
        {QStringLiteral("neverHad"),
         QT_TRANSLATE_NOOP("ExampleWords", "read a balance the account never had then")},
        {QStringLiteral("noSnapshot"),
         QT_TRANSLATE_NOOP("ExampleWords", "the ledger could not be read at the end")},
        {QStringLiteral("nobodyQueued"),
         QT_TRANSLATE_NOOP("ExampleWords", "no session was seen waiting behind another")},
        {QStringLiteral("onlyGrant"),
         QT_TRANSLATE_NOOP("ExampleWords", "this must be the key of the only grant")},
        {QStringLiteral("notExpected"),
         QT_TRANSLATE_NOOP("ExampleWords", "a running balance no order of spends gives")},
        {QStringLiteral("balance"), QT_TRANSLATE_NOOP("ExampleWords", "stored balance")},
        {QStringLiteral("minimum"), QT_TRANSLATE_NOOP("ExampleWords", "lowest running balance")},
        {QStringLiteral("runningBalance"),
         QT_TRANSLATE_NOOP("ExampleWords", "running balance of the newest row")},
        {QStringLiteral("amount"), QT_TRANSLATE_NOOP("ExampleWords", "amount of the newest row")},
        {QStringLiteral("requested"),
         QT_TRANSLATE_NOOP("ExampleWords", "requested amount of the newest row")}};
    return words;
}

/// Codes whose two numbers are counts.
const Words& aboutCounts()
{
    static const Words words{
        {QStringLiteral("ok"), QT_TRANSLATE_NOOP("ExampleWords", "operations that succeeded")},
        {QStringLiteral("replayed"),
         QT_TRANSLATE_NOOP("ExampleWords", "operations answered again")},
        {QStringLiteral("failed"), QT_TRANSLATE_NOOP("ExampleWords", "operations that failed")},
        {QStringLiteral("distinct"),
         QT_TRANSLATE_NOOP("ExampleWords", "different running balances")},
        {QStringLiteral("waiters"), QT_TRANSLATE_NOOP("ExampleWords", "sessions seen waiting")}};
    return words;
}

bool isRefusal(const QString& what)
{
    return std::any_of(allRefusals.begin(), allRefusals.end(),
                       [&](Refusal refusal) { return nameOf(refusal) == what; });
}

bool isType(const QString& what)
{
    return typeWithLabel(what) != TransactionType::Other;
}

std::optional<FindingKind> findingOf(const QString& what)
{
    for (const FindingKind kind : allFindingKinds)
        if (nameOf(kind).toLower() == what)
            return kind;
    return std::nullopt;
}

bool isOfTheWholeRun(const Example& example)
{
    return example.user.isEmpty() && example.key.isEmpty() && !example.expected && !example.found;
}

} // namespace

QList<ToldExample> toldExamples(const Report& report)
{
    QList<ToldExample> told;
    QHash<QString, int> places; // of what was said of the whole run
    QHash<QString, int> repeats;
    for (const InvariantResult& invariant : report.invariants) {
        if (invariant.validity == Validity::Valid)
            continue;
        for (const Example& example : invariant.examples) {
            if (isOfTheWholeRun(example) && places.contains(example.what)) {
                ++repeats[example.what];
                continue;
            }
            if (isOfTheWholeRun(example))
                places.insert(example.what, int(told.size()));
            told.append({.checks = invariant.id, .example = example});
        }
    }
    for (auto it = repeats.begin(); it != repeats.end(); ++it) {
        QString& checks = told[places.value(it.key())].checks;
        checks = ExampleWords::tr("%1 and %2 more").arg(checks, format::count(it.value()));
    }
    return told;
}

QString exampleWords(const QString& what)
{
    if (const char* const words = aboutMoney().value(what, nullptr))
        return ExampleWords::tr(words);
    if (const char* const words = aboutCounts().value(what, nullptr))
        return ExampleWords::tr(words);
    if (const std::optional<FindingKind> kind = findingOf(what))
        return words::word(*kind).toLower();
    if (isRefusal(what))
        return ExampleWords::tr("operations refused: %1").arg(detailWords(what));
    if (isType(what))
        return ExampleWords::tr("rows of type %1").arg(what);
    return detailWords(what);
}

QString exampleValue(const Example& example, const std::optional<Credits>& value)
{
    if (!value)
        return QStringLiteral("–");
    const bool isCount =
        aboutCounts().contains(example.what) || isRefusal(example.what) || isType(example.what);
    return isCount ? format::count(value->value()) : format::money(*value);
}

} // namespace tallystick
