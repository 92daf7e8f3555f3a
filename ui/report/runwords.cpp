// SPDX-License-Identifier: GPL-3.0-or-later
//! Sentences about runs, made from codes and numbers.
#include "ui/report/runwords.h"

#include "ui/shared/format.h"
#include "ui/shared/words.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QHash>
#include <QtCore/QRegularExpression>

#include <algorithm>

namespace tallystick {

namespace {

struct RunWords
{
    Q_DECLARE_TR_FUNCTIONS(RunWords)
};

QString passSentence(const Report& report)
{
    const qint64 idle =
        std::count_if(report.invariants.begin(), report.invariants.end(), hadNothingToCheck);
    const qint64 held = report.invariants.size() - idle;
    QString said = held == 1 ? RunWords::tr("the one check holds")
                             : RunWords::tr("all %1 checks hold").arg(format::count(held));
    if (idle > 0)
        said = RunWords::tr("%1, %2 had nothing to check").arg(said, format::count(idle));
    return said;
}

QString violatedSentence(const Report& report)
{
    const qint64 violated = std::count_if(
        report.invariants.begin(), report.invariants.end(),
        [](const InvariantResult& each) { return each.validity == Validity::Invalid; });
    const QString all = format::count(report.invariants.size());
    return violated == 1
               ? RunWords::tr("1 of %1 checks is violated").arg(all)
               : RunWords::tr("%1 of %2 checks are violated").arg(format::count(violated), all);
}

/// One reason is often behind all of them, so that they are said together.
QString undecidedSentence(const QList<InvariantResult>& undecided, Detail detail)
{
    if (undecided.size() == 1)
        return RunWords::tr("%1 %2: could not be decided.")
            .arg(undecided.first().id, invariantTitle(undecided.first()));
    const QString count = format::count(undecided.size());
    if (detail == Detail::Short)
        return RunWords::tr("%1 checks could not be decided.").arg(count);
    QStringList names;
    for (const InvariantResult& each : undecided)
        names.append(RunWords::tr("%1 %2").arg(each.id, invariantTitle(each)));
    return RunWords::tr("%1 checks could not be decided: %2.")
        .arg(count, names.join(QStringLiteral(", ")));
}

QString reasonOf(const InvariantResult& invariant, Detail detail)
{
    const QString title = invariantTitle(invariant);
    const QString meaning = invariantMeaning(invariant.id);
    const QString count = invariantCount(invariant);
    return meaning.isEmpty() || detail == Detail::Short
               ? RunWords::tr("%1 %2: %3.").arg(invariant.id, title, count)
               : RunWords::tr("%1 %2: %3. %4").arg(invariant.id, title, count, meaning);
}

/// Of the SQLSTATEs a run meets; empty for others.
QString codeMeaning(const QString& code)
{
    static const QHash<QString, const char*> meanings{
        {QStringLiteral("08006"), QT_TRANSLATE_NOOP("RunWords", "connection lost")},
        {QStringLiteral("22003"), QT_TRANSLATE_NOOP("RunWords", "number out of range")},
        {QStringLiteral("23503"), QT_TRANSLATE_NOOP("RunWords", "no such user")},
        {QStringLiteral("23505"), QT_TRANSLATE_NOOP("RunWords", "key taken")},
        {QStringLiteral("25006"), QT_TRANSLATE_NOOP("RunWords", "read-only")},
        {QStringLiteral("40001"), QT_TRANSLATE_NOOP("RunWords", "in conflict with another")},
        {QStringLiteral("40P01"), QT_TRANSLATE_NOOP("RunWords", "deadlock")},
        {QStringLiteral("42501"), QT_TRANSLATE_NOOP("RunWords", "not allowed")},
        {QStringLiteral("53300"), QT_TRANSLATE_NOOP("RunWords", "too many connections")},
        {QStringLiteral("55P03"), QT_TRANSLATE_NOOP("RunWords", "lock not granted in time")},
        {QStringLiteral("57014"), QT_TRANSLATE_NOOP("RunWords", "took too long")},
        {QStringLiteral("57P01"), QT_TRANSLATE_NOOP("RunWords", "session ended by the server")}};
    const char* const meaning = meanings.value(code, nullptr);
    return meaning ? RunWords::tr(meaning) : QString();
}

QString capitalised(QString text)
{
    if (!text.isEmpty())
        text[0] = text[0].toUpper();
    return text;
}

} // namespace

QString verdictSentence(const Report& report)
{
    const qint64 operations = report.live.outcomes.issued();
    const QString issued = operations == 1
                               ? RunWords::tr("1 operation")
                               : RunWords::tr("%1 operations").arg(format::count(operations));
    switch (report.verdict) {
    case Verdict::Pass:
        return RunWords::tr("%1; %2.").arg(issued, passSentence(report));
    case Verdict::SloMiss:
        return RunWords::tr("%1; the ledger is right, a threshold was missed.").arg(issued);
    case Verdict::Violated:
        return RunWords::tr("%1; %2.").arg(issued, violatedSentence(report));
    case Verdict::Unknown:
        return RunWords::tr("%1; what was seen proves neither a fault nor its absence.")
            .arg(issued);
    }
    Q_UNREACHABLE();
}

QStringList reasonSentences(const Report& report, Detail detail)
{
    QStringList sentences;
    QStringList told; // ids whose reason was made from the numbers, not from the code
    QList<InvariantResult> undecided;
    for (const InvariantResult& invariant : report.invariants) {
        if (invariant.validity == Validity::Valid)
            continue;
        told.append(invariant.id);
        if (invariant.validity == Validity::Invalid)
            sentences.append(reasonOf(invariant, detail));
        else
            undecided.append(invariant);
    }
    if (!undecided.isEmpty())
        sentences.append(undecidedSentence(undecided, detail));
    for (const ThresholdResult& threshold : report.thresholds) {
        if (!threshold.met) {
            sentences.append(RunWords::tr("Threshold missed: %1, measured %2.")
                                 .arg(threshold.text, QString::number(threshold.value, 'g', 4)));
            told.append(threshold.text);
        }
    }
    static const QRegularExpression id(QStringLiteral("^([RE]\\d+)\\b"));
    for (const QString& reason : report.reasons)
        if (!told.contains(id.match(reason).captured(1)))
            sentences.append(capitalised(reason));
    for (const QString& warning : report.warnings)
        sentences.append(capitalised(warning));
    return sentences;
}

QString invariantTitle(const InvariantResult& invariant)
{
    static const QHash<QString, const char*> titles{
        {QStringLiteral("R1"), QT_TRANSLATE_NOOP("RunWords", "Nothing lost")},
        {QStringLiteral("R2"), QT_TRANSLATE_NOOP("RunWords", "No ghost")},
        {QStringLiteral("R3"), QT_TRANSLATE_NOOP("RunWords", "Exactly once")},
        {QStringLiteral("R4"), QT_TRANSLATE_NOOP("RunWords", "Chain unbroken")},
        {QStringLiteral("R5"), QT_TRANSLATE_NOOP("RunWords", "Money conserved")},
        {QStringLiteral("R6"), QT_TRANSLATE_NOOP("RunWords", "Bounds kept")},
        {QStringLiteral("R7"), QT_TRANSLATE_NOOP("RunWords", "Receipts match rows")},
        {QStringLiteral("R8"), QT_TRANSLATE_NOOP("RunWords", "Real-time order")},
        {QStringLiteral("R9"), QT_TRANSLATE_NOOP("RunWords", "Refusals justified")},
        {QStringLiteral("R10"), QT_TRANSLATE_NOOP("RunWords", "Reads are true")},
        {QStringLiteral("R11"), QT_TRANSLATE_NOOP("RunWords", "Durable")},
        {QStringLiteral("E1"), QT_TRANSLATE_NOOP("RunWords", "Final balance")},
        {QStringLiteral("E2"), QT_TRANSLATE_NOOP("RunWords", "Outcomes as expected")},
        {QStringLiteral("E3"), QT_TRANSLATE_NOOP("RunWords", "Rows as expected")},
        {QStringLiteral("E4"), QT_TRANSLATE_NOOP("RunWords", "Running balances")},
        {QStringLiteral("E5"), QT_TRANSLATE_NOOP("RunWords", "Newest row")},
        {QStringLiteral("E6"), QT_TRANSLATE_NOOP("RunWords", "Queue at the lock")}};
    const char* const title = titles.value(invariant.id, nullptr);
    return title ? RunWords::tr(title) : capitalised(invariant.name);
}

QString invariantMeaning(const QString& id)
{
    static const QHash<QString, const char*> meanings{
        {QStringLiteral("R1"),
         QT_TRANSLATE_NOOP("RunWords", "Every acknowledged posting must stand in the ledger, once, "
                                       "as it was acknowledged.")},
        {QStringLiteral("R2"),
         QT_TRANSLATE_NOOP("RunWords", "What was refused or failed must leave no row, and every "
                                       "row must belong to an operation.")},
        {QStringLiteral("R3"),
         QT_TRANSLATE_NOOP("RunWords",
                           "One intent may count only once, however often it is sent.")},
        {QStringLiteral("R4"),
         QT_TRANSLATE_NOOP("RunWords", "Each row must start from the balance the row before it "
                                       "left.")},
        {QStringLiteral("R5"),
         QT_TRANSLATE_NOOP("RunWords", "Opening balance plus all amounts must be the stored "
                                       "balance.")},
        {QStringLiteral("R6"),
         QT_TRANSLATE_NOOP("RunWords", "No balance may fall below zero without permission or rise "
                                       "above a ceiling.")},
        {QStringLiteral("R7"),
         QT_TRANSLATE_NOOP("RunWords", "Each receipt must say what its row says.")},
        {QStringLiteral("R8"),
         QT_TRANSLATE_NOOP("RunWords", "What ended before another was sent must stand before it.")},
        {QStringLiteral("R9"),
         QT_TRANSLATE_NOOP("RunWords", "A refusal must be true of a balance the account had at "
                                       "that time.")},
        {QStringLiteral("R10"),
         QT_TRANSLATE_NOOP("RunWords", "Each balance read must be one the account had at that "
                                       "time.")},
        {QStringLiteral("R11"),
         QT_TRANSLATE_NOOP("RunWords", "What was acknowledged must survive a crash.")}};
    const char* const meaning = meanings.value(id, nullptr);
    return meaning ? RunWords::tr(meaning) : QString();
}

bool hadNothingToCheck(const InvariantResult& invariant)
{
    return invariant.validity == Validity::Valid && invariant.checked == 0 &&
           invariant.violations == 0;
}

QString invariantOutcome(const InvariantResult& invariant)
{
    if (hadNothingToCheck(invariant))
        return RunWords::tr("nothing to check");
    return words::word(invariant.validity).toLower();
}

QString invariantCount(const InvariantResult& invariant)
{
    if (hadNothingToCheck(invariant))
        return RunWords::tr("nothing to check");
    if (invariant.validity == Validity::Unknown && invariant.violations == 0)
        return RunWords::tr("not decided");
    const QString checked = format::count(invariant.checked);
    if (invariant.violations == 0)
        return RunWords::tr("%1 checked").arg(checked);
    const QString violated = format::count(invariant.violations);
    // One faulty row may break several rules, so that "3 of 2" could come out: then say both.
    if (invariant.violations > invariant.checked)
        return invariant.violations == 1 ? RunWords::tr("1 violation")
                                         : RunWords::tr("%1 violations").arg(violated);
    return RunWords::tr("%1 of %2 violated").arg(violated, checked);
}

QString outcomeWord(const QString& outcome)
{
    return outcome == QLatin1String("replayed") ? RunWords::tr("answered again") : outcome;
}

QString detailWords(const QString& name)
{
    // "CreditsInsufficient" -> "credits insufficient"; a code keeps its place behind its meaning.
    static const QRegularExpression code(QStringLiteral("^[0-9A-Z]{5}$"));
    if (code.match(name).hasMatch()) {
        const QString meaning = codeMeaning(name);
        return meaning.isEmpty() ? name : RunWords::tr("%1 (%2)").arg(meaning, name);
    }
    QString words;
    for (const QChar c : name) {
        if (c.isUpper() && !words.isEmpty() && words.back().isLower())
            words += QLatin1Char(' ');
        words += c.toLower();
    }
    return words;
}

QString phaseWord(LiveSnapshot::Phase phase)
{
    switch (phase) {
    case LiveSnapshot::Phase::Preparing:
        return RunWords::tr("Preparing users and sessions");
    case LiveSnapshot::Phase::Running:
        return RunWords::tr("Running");
    case LiveSnapshot::Phase::Quiescing:
        return RunWords::tr("Waiting for the last sessions");
    case LiveSnapshot::Phase::Checking:
        return RunWords::tr("Checking the ledger");
    case LiveSnapshot::Phase::Finished:
        return RunWords::tr("Finished");
    }
    Q_UNREACHABLE();
}

QString faultWords(Fault fault)
{
    return RunWords::tr("broken on purpose: %1")
        .arg(nameOf(fault).replace(QLatin1Char('-'), QLatin1Char(' ')));
}

QString shortUserName(const UserId& user)
{
    constexpr qsizetype most = 22;
    const QString& text = user.text();
    if (text.size() <= most)
        return text;
    return text.left(most / 2 - 1) + QStringLiteral("\u2026") + text.right(most / 2);
}

} // namespace tallystick
