// SPDX-License-Identifier: GPL-3.0-or-later
//! The words for stress runs: reasons, invariants, counter-examples, single operations.
#pragma once
#include "ledger/stress/report.h"

namespace tallystick {

/// What the verdict means for this run, in one sentence.
[[nodiscard]] QString verdictSentence(const Report& report);
/// Why, the gravest first. Empty for a pass without remarks. \a Short leaves out what a violated
/// check asserts.
enum class Detail { Whole, Short };
[[nodiscard]] QStringList reasonSentences(const Report& report, Detail detail = Detail::Whole);

/// "Chain unbroken" for R4, "Final balance" for E1; others as the engine calls them.
[[nodiscard]] QString invariantTitle(const InvariantResult& invariant);
/// That the chains were judged twice, and how far both judgements agree.
[[nodiscard]] QString agreementSentence(const Agreement& agreement);
/// What it asserts, as a sentence; empty for expectations, whose title says it.
[[nodiscard]] QString invariantMeaning(const QString& id);
/// A check that holds for want of anything it speaks of, e.g. of refusals where nothing was
/// refused.
[[nodiscard]] bool hadNothingToCheck(const InvariantResult& invariant);
/// "valid", "invalid", "unknown", "nothing to check"
[[nodiscard]] QString invariantOutcome(const InvariantResult& invariant);
/// "12 checked", "9 of 12 violated", "nothing to check"
[[nodiscard]] QString invariantCount(const InvariantResult& invariant);
/// A counter-example and the checks it was found by.
struct ToldExample
{
    QString checks; ///< "R4", or "R1 and 9 more"
    Example example;
};
/// Those of every invariant that is not valid, in the order of the report. What several checks say
/// of the run as a whole, naming no user and no key, comes once.
[[nodiscard]] QList<ToldExample> toldExamples(const Report& report);
/// What is wrong with a counter-example, from its code.
[[nodiscard]] QString exampleWords(const QString& what);
/// One of its two numbers: money, or a count where the code speaks of operations or rows.
[[nodiscard]] QString exampleValue(const Example& example, const std::optional<Credits>& value);

/// Of a timeline entry's outcome: "ok", "answered again", "refused", …
[[nodiscard]] QString outcomeWord(const QString& outcome);
/// Of a refusal's or failure's name: a few words; what is not known is shown as it came.
[[nodiscard]] QString detailWords(const QString& name);
[[nodiscard]] QString phaseWord(LiveSnapshot::Phase phase);
/// "broken on purpose: no lock"
[[nodiscard]] QString faultWords(Fault fault);

/// One way to tell an operation's whole story in a line.
[[nodiscard]] QString entrySentence(const TimelineEntry& entry, int overlaps);
/// "worker 3 waited 4.1 ms for worker 1 (transactionid)"
[[nodiscard]] QString waitSentence(const LockWait& wait);
/// "worker 1, worker 4"; processes without a name by their number. Of a long queue the first few
/// and how many more.
[[nodiscard]] QString blockersOf(const LockWait& wait);
/// "worker 12" from a session name that ends in "/w12"; other names as they are.
[[nodiscard]] QString workerName(const QString& sessionName);

/// Elided in the middle, so that the end, which tells users of a run apart, stays.
[[nodiscard]] QString shortUserName(const UserId& user);
/// "8 clients, 10 s, function, seed 42"
[[nodiscard]] QString loadSentence(const Scenario& scenario);
/// The command line that runs the same operations again.
[[nodiscard]] QString replayCommand(const Report& report);

} // namespace tallystick
