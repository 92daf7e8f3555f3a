// SPDX-License-Identifier: GPL-3.0-or-later
//! For each invariant a planted violation that it, and the right row, must be found by.
#include "ledger/core/decide.h"
#include "ledger/stress/judge.h"

#include <QtTest/QtTest>

#include <functional>

using namespace tallystick;

namespace {

/// A run of one user as it should be: history and ledger agree in everything.
class Case final
{
public:
    explicit Case(const QByteArray& mix, const QByteArray& users = R"({"openingBalance": 1000})",
                  const QByteArray& expect = "{}")
        : m_scenario(std::get<Scenario>(parseScenario(R"({"name": "case", "users": )" + users +
                                                      R"(, "mix": [)" + mix + R"(], "expect": )" +
                                                      expect + "}")))
        , plan(m_scenario, QStringLiteral("r"))
    {
        chain.user = plan.users().first();
        for (const BenchUser& user : plan.benchUsers()) {
            if (user.history && !user.openingBalance.isZero())
                write({.user = user.id,
                       .key = user.openingKey,
                       .amount = user.openingBalance,
                       .type = user.openingType,
                       .mayOverdraw = true});
            for (const Posting& posting : user.prepared)
                write(posting);
        }
        Plan::Stream stream(plan, 0);
        while (const auto operation = stream.next())
            perform(*operation);
    }

    [[nodiscard]] QList<InvariantResult> check() const { return check(plan); }
    /// Against another plan with the same operations.
    [[nodiscard]] QList<InvariantResult> check(const Plan& other) const
    {
        std::vector<OperationRecord> records = history;
        Trial trial(other, {}, true);
        trial.hear(chain.user, chain, records);
        return trial.judgement().invariants;
    }
    [[nodiscard]] TransactionKey keyOf(const OperationRecord& record) const
    {
        return plan.rowKeyOf(record.planned);
    }
    [[nodiscard]] OperationRecord& operation(int entry, int nth = 0)
    {
        for (OperationRecord& record : history)
            if (record.planned.entry == entry && nth-- == 0)
                return record;
        qFatal("no such operation");
    }
    [[nodiscard]] ChainRow& rowOf(const OperationRecord& record)
    {
        for (ChainRow& row : chain.rows)
            if (row.key == keyOf(record))
                return row;
        qFatal("no such row");
    }
    void removeRow(const TransactionKey& key)
    {
        chain.rows.removeIf([&key](const ChainRow& row) { return row.key == key; });
    }
    /// Adds a row that a correct ledger could have written.
    ChainRow& write(const Posting& posting)
    {
        const Movement movement = std::get<Movement>(decide(balance(), posting));
        m_now += 1'000;
        ChainRow row{.key = posting.key,
                     .createdAt = Instant{m_now},
                     .amount = movement.applied,
                     .type = posting.type,
                     .active = posting.active,
                     .runningBalance = movement.balance,
                     .clamp = labelOf(movement.clamp),
                     .refundOf = posting.refundOf};
        if (movement.clamp != Clamp::None)
            row.requested = posting.amount;
        if (posting.active)
            row.sequence = ++m_sequence;
        chain.storedBalance = movement.balance;
        chain.storedSequence = m_sequence;
        chain.rows.append(row);
        return chain.rows.last();
    }
    [[nodiscard]] Credits balance() const { return chain.storedBalance.value_or(Credits()); }

private:
    void perform(const PlannedOperation& planned)
    {
        OperationRecord record{
            .planned = planned, .kind = plan.entryOf(planned).operation, .attempts = 1};
        record.intendedMicros = record.sentMicros = m_clock;
        record.endMicros = m_clock + 50;
        m_clock += 100; // one after the other, with a pause between
        answer(record);
        history.push_back(record);
    }
    void answer(OperationRecord& record)
    {
        const Command command = plan.commandFor(record.planned);
        record.outcome = OperationOutcome::Ok;
        if (std::holds_alternative<UserId>(command)) {
            record.hasRead = true;
            record.balance = balance();
            return;
        }
        Posting posting;
        if (const auto* asked = std::get_if<Posting>(&command)) {
            posting = *asked;
            const auto decision = decide(balance(), posting);
            if (const auto* refusal = std::get_if<RefusalWithFacts>(&decision)) {
                record.outcome = OperationOutcome::Refused;
                record.refusal = refusal->refusal;
                record.balance = refusal->balance;
                return;
            }
        } else {
            const TransactionKey key = std::get<Reversal>(command).key;
            const auto original = std::find_if(chain.rows.begin(), chain.rows.end(),
                                               [&](const ChainRow& r) { return r.key == key; });
            posting = {.user = chain.user,
                       .key = keyOf(record),
                       .amount = *original->amount.negated(),
                       .type = original->type,
                       .mayOverdraw = true};
        }
        ChainRow& row = write(posting);
        if (record.kind == OperationKind::Reverse)
            row.reverses = std::get<Reversal>(command).key;
        record.hasReceipt = true;
        record.applied = row.amount;
        record.balance = *row.runningBalance;
        record.at = row.createdAt;
        record.sequence = row.sequence.value_or(0);
    }

    Scenario m_scenario;

public:
    Plan plan;
    std::vector<OperationRecord> history;
    Chain chain;

private:
    qint64 m_sequence = 0;
    qint64 m_now = 1'000'000;
    qint64 m_clock = 100;
};

const QByteArray spends = R"({"operation": "spend", "count": 5, "amount": 101})";
const QByteArray spendsAndReads = spends + R"(, {"operation": "read", "count": 5})";
const QByteArray topUps = R"({"operation": "topUp", "count": 3, "amount": 57, "ceiling": 2000})";
const QByteArray refunds = R"({"operation": "refund", "count": 3, "amount": 300, "of": "opening"})";
const QByteArray tooManySpends = R"({"operation": "spend", "count": 5, "amount": 301})";
const QByteArray oneReversal =
    R"({"operation": "reverse", "count": 1, "of": "opening"}, )" + spends;

const QByteArray overdrafts =
    R"({"operation": "spend", "count": 5, "amount": 301, "mayOverdraw": true}, )"
    R"({"operation": "read", "count": 5})";

/// The ledger did what it had rightly refused.
TransactionKey letThrough(Case& c, OperationRecord& record)
{
    Posting posting = std::get<Posting>(c.plan.commandFor(record.planned));
    posting.mayOverdraw = true;
    c.write(posting);
    record.outcome = OperationOutcome::Ok;
    record.refusal.reset();
    return c.keyOf(record);
}

const QByteArray likeSteps = R"({"operation": "reward", "count": 1, "amount": 5, "step": "S"}, )"
                             R"({"operation": "reward", "count": 1, "amount": 5, "step": "S-2"})";

const QByteArray reversalOnly = R"({"operation": "reverse", "count": 1, "of": "opening"})";

/// Plants one violation, answers the key that must be named.
using Plant = std::function<TransactionKey(Case&)>;

QString found(const QList<InvariantResult>& results)
{
    QStringList lines;
    for (const InvariantResult& result : results)
        if (result.validity != Validity::Valid)
            lines.append(QStringLiteral("%1 %2 %3 %4")
                             .arg(result.id, nameOf(result.validity), result.examples.value(0).what,
                                  result.examples.value(0).key.text()));
    return lines.join(QStringLiteral(" | "));
}

InvariantResult resultOf(const QList<InvariantResult>& results, const QString& id)
{
    for (const InvariantResult& result : results)
        if (result.id == id)
            return result;
    return {};
}

} // namespace

Q_DECLARE_METATYPE(Plant)

class TestChecker final : public QObject
{
    Q_OBJECT
private slots:
    void cleanRunsAreValid_data();
    void cleanRunsAreValid();
    void findsEveryPlantedViolation_data();
    void findsEveryPlantedViolation();
    void asksWhatACrashLeft();
    void aForeignRowCannotBeJudged_data();
    void aForeignRowCannotBeJudged();
    void withoutASnapshotNothingIsJudged();
    void anOpenDoubtIsNoLostCredit();
    void doubtsAreResolvedByTheRows();
    void ofDoubtsOnOneKeyTheFirstSentCounts();
    void whatWasNeverSentIsNoDoubtAndMustNotStand();
    void rightRefusalsThatSpeakOfRowsAreValid();
    void expectationsAreJudged_data();
    void expectationsAreJudged();
};

void TestChecker::cleanRunsAreValid_data()
{
    QTest::addColumn<QByteArray>("mix");
    for (const QByteArray& mix : {spends, spendsAndReads, topUps, refunds, tooManySpends,
                                  oneReversal, overdrafts, likeSteps})
        QTest::newRow(mix.constData()) << mix;
}

void TestChecker::cleanRunsAreValid()
{
    QFETCH(QByteArray, mix);
    const Case honest(mix);
    const auto results = honest.check();
    QCOMPARE(found(results), QString());
    QCOMPARE(results.size(), 11);
    QVERIFY(resultOf(results, QStringLiteral("R1")).checked +
                resultOf(results, QStringLiteral("R9")).checked >
            0);
}

void TestChecker::findsEveryPlantedViolation_data()
{
    QTest::addColumn<QByteArray>("mix");
    QTest::addColumn<QString>("id");
    QTest::addColumn<QString>("what");
    QTest::addColumn<Plant>("plant");
    const auto crime = [](const char* id, const char* what, const QByteArray& mix, Plant plant) {
        QTest::addRow("%s %s", id, what)
            << mix << QString::fromLatin1(id) << QString::fromLatin1(what) << plant;
    };
    crime("R1", "lost", spends, [](Case& c) {
        const TransactionKey key = c.keyOf(c.operation(0, 4));
        c.removeRow(key);
        return key;
    });
    crime("R1", "differs", spends, [](Case& c) {
        c.rowOf(c.operation(0, 2)).type = TransactionType::Refund;
        return c.keyOf(c.operation(0, 2));
    });
    crime("R2", "ghost", spends, [](Case& c) {
        c.operation(0, 2).outcome = OperationOutcome::Failed;
        return c.keyOf(c.operation(0, 2));
    });
    crime("R2", "ghost", tooManySpends, [](Case& c) {
        // The third spend was the last that succeeded; it says it was refused.
        c.operation(0, 2).outcome = OperationOutcome::Refused;
        c.operation(0, 2).refusal = c.operation(0, 4).refusal;
        c.operation(0, 2).balance = c.operation(0, 4).balance;
        return c.keyOf(c.operation(0, 2));
    });
    crime("R3", "twice", spends, [](Case& c) {
        c.chain.rows.append(c.chain.rows.last());
        return c.chain.rows.last().key;
    });
    crime("R3", "twice", R"({"operation": "topUp", "count": 3, "amount": 5, "key": "K"})",
          [](Case& c) {
              // All three say they were the first; one row stands.
              c.chain.rows.resize(2);
              c.chain.storedBalance = c.chain.rows.last().runningBalance;
              c.chain.storedSequence = c.chain.rows.last().sequence;
              return c.keyOf(c.operation(0, 1));
          });
    crime("R3", "replayDiffers", spends, [](Case& c) {
        c.operation(0, 1).outcome = OperationOutcome::Replayed;
        c.operation(0, 1).sequence = 77;
        return c.keyOf(c.operation(0, 1));
    });
    crime("R3", "reversedTwice", oneReversal, [](Case& c) {
        c.rowOf(c.operation(1, 1)).reverses = c.chain.rows.first().key;
        TransactionKey second; // in the ledger's order, which the seed decides
        for (const ChainRow& row : std::as_const(c.chain.rows))
            if (row.reverses)
                second = row.key;
        return second;
    });
    crime("R4", "fork", spends, [](Case& c) {
        for (qsizetype at = 3; at < c.chain.rows.size(); ++at)
            c.chain.rows[at].runningBalance =
                c.chain.rows[at].runningBalance->plus(Credits::of(101));
        c.chain.storedBalance = c.chain.rows.last().runningBalance;
        return c.chain.rows[3].key;
    });
    crime("R4", "tail", spends, [](Case& c) {
        c.chain.storedBalance = Credits::of(7);
        return c.chain.rows.last().key;
    });
    crime("R5", "rowsAndBalance", spends, [](Case& c) {
        c.chain.storedBalance = Credits::of(7);
        return TransactionKey();
    });
    crime("R5", "historyAndBalance", spends, [](Case& c) {
        // Told one thing, written another, in a ledger that agrees with itself.
        c.operation(0, 2).applied = Credits::of(-1);
        return TransactionKey();
    });
    crime("R6", "negative", tooManySpends,
          [](Case& c) { return letThrough(c, c.operation(0, 3)); });
    crime("R6", "negative", R"({"operation": "grant", "count": 5, "amount": -300})",
          [](Case& c) { return letThrough(c, c.operation(0, 4)); });
    // Others went below zero before it, and were allowed to.
    crime("R6", "negative",
          R"({"operation": "spend", "count": 3, "amount": 600, "mayOverdraw": true}, )"
          R"({"operation": "spend", "count": 1, "amount": 101, "afterOthers": true})",
          [](Case& c) { return letThrough(c, c.operation(1)); });
    crime("R6", "aboveCeiling", topUps, [](Case& c) {
        ChainRow& last = c.rowOf(c.operation(0, 2));
        const Credits amount = Credits::of(5'000);
        last.runningBalance = last.runningBalance->minus(last.amount)->plus(amount);
        last.amount = amount;
        c.chain.storedBalance = last.runningBalance;
        return last.key;
    });
    crime("R6", "lowered", topUps, [](Case& c) {
        ChainRow& last = c.rowOf(c.operation(0, 2));
        last.runningBalance = Credits::of(800);
        c.chain.storedBalance = last.runningBalance;
        return last.key;
    });
    crime("R6", "refund exceeds payment", refunds, [](Case& c) {
        ChainRow& last = c.rowOf(c.operation(0, 2));
        last.runningBalance = last.runningBalance->minus(Credits::of(101));
        last.amount = Credits::of(-401);
        c.chain.storedBalance = last.runningBalance;
        return last.key;
    });
    crime("R6", "refundExceedsPayment",
          R"({"operation": "refund", "count": 4, "amount": 300, "of": "opening"})", [](Case& c) {
              for (ChainRow& row : c.chain.rows)
                  row.refundOf.reset(); // the ledger hides what it refunds
              return c.keyOf(c.operation(0, 3));
          });
    crime("R7", "differs", spends, [](Case& c) {
        c.operation(0, 3).balance = Credits::of(1);
        return c.keyOf(c.operation(0, 3));
    });
    crime("R7", "differs", spends, [](Case& c) {
        c.operation(0, 3).at.micros += 1;
        return c.keyOf(c.operation(0, 3));
    });
    crime("R8", "order", spends, [](Case& c) {
        // The second row's operation was sent only after the third's had been answered.
        c.operation(0, 1).sentMicros = c.operation(0, 2).endMicros + 10;
        c.operation(0, 1).endMicros = c.operation(0, 2).endMicros + 20;
        return c.keyOf(c.operation(0, 1));
    });
    crime("R9", "unjustified", tooManySpends, [](Case& c) {
        // 97 are left, and the refusal speaks of 301 that the user no longer had.
        c.operation(0, 4).balance = Credits::of(300);
        return c.keyOf(c.operation(0, 4));
    });
    crime("R9", "unjustified", spends, [](Case& c) {
        // Refused though it was covered, and consistently not written.
        OperationRecord& last = c.operation(0, 4);
        c.removeRow(c.keyOf(last));
        c.chain.storedBalance = c.chain.rows.last().runningBalance;
        c.chain.storedSequence = c.chain.rows.last().sequence;
        last.hasReceipt = false;
        last.outcome = OperationOutcome::Refused;
        last.refusal = Refusal::CreditsInsufficient;
        last.balance = *c.chain.storedBalance;
        return c.keyOf(last);
    });
    const auto refuses = [&crime](const QByteArray& mix, Refusal refusal) {
        // Nothing was written, and the reason given is none.
        crime("R9", "contradicted", mix, [refusal](Case& c) {
            OperationRecord& last = c.history.back();
            c.removeRow(c.keyOf(last));
            c.chain.storedBalance = c.chain.rows.last().runningBalance;
            c.chain.storedSequence = c.chain.rows.last().sequence;
            last.hasReceipt = false;
            last.outcome = OperationOutcome::Refused;
            last.refusal = refusal;
            return c.keyOf(last);
        });
    };
    refuses(spends, Refusal::UserUnknown);
    refuses(spends, Refusal::KeyReused);
    refuses(likeSteps, Refusal::AlreadyClaimed);
    refuses(reversalOnly, Refusal::AlreadyReversed);
    refuses(reversalOnly, Refusal::TransactionUnknown);
    refuses(refunds, Refusal::TransactionUnknown);
    refuses(refunds, Refusal::NotARefundablePayment);
    crime("R10", "neverHad", spendsAndReads, [](Case& c) {
        c.operation(1, 2).balance = Credits::of(998);
        return TransactionKey();
    });
    crime("R10", "neverHad", spendsAndReads, [](Case& c) {
        // A balance the user had, but before the read was sent.
        OperationRecord* stale = nullptr;
        for (OperationRecord& record : c.history)
            if (record.kind == OperationKind::Read && record.balance < Credits::of(1000))
                stale = &record;
        stale->balance = Credits::of(1000);
        return TransactionKey();
    });
    crime("R11", "lost", spends, [](Case& c) {
        // The server went down over the last one, and took an acknowledged one with it.
        c.history.back().wasDoubted = true;
        const TransactionKey key = c.keyOf(c.history[1]);
        c.removeRow(key);
        return key;
    });
}

/// Without a crash there is nothing to survive; with one, all that was acknowledged is looked for.
void TestChecker::asksWhatACrashLeft()
{
    Case calm(spends);
    QCOMPARE(resultOf(calm.check(), QStringLiteral("R11")).checked, 0);
    Case crashed(spends);
    crashed.history.back().failureKind = Failure::Kind::SessionLost;
    const auto results = crashed.check();
    QCOMPARE(resultOf(results, QStringLiteral("R11")).checked, 5);
    QCOMPARE(resultOf(results, QStringLiteral("R11")).validity, Validity::Valid);
}

void TestChecker::findsEveryPlantedViolation()
{
    QFETCH(QByteArray, mix);
    QFETCH(QString, id);
    QFETCH(QString, what);
    QFETCH(Plant, plant);
    Case crime(mix);
    const TransactionKey key = plant(crime);
    const auto results = crime.check();
    const InvariantResult result = resultOf(results, id);
    const QByteArray about = found(results).toUtf8();
    QVERIFY2(result.validity == Validity::Invalid, about);
    QVERIFY(result.violations > 0);
    const bool isNamed =
        std::any_of(result.examples.begin(), result.examples.end(), [&](const Example& example) {
            return example.what == what && (key.isEmpty() || example.key == key) &&
                   example.user == crime.chain.user;
        });
    QVERIFY2(isNamed, about);
}

void TestChecker::aForeignRowCannotBeJudged_data()
{
    const UserId user = Case(spends).chain.user;
    const TransactionKey key = *TransactionKey::from(QStringLiteral("somebody-else"));
    const TransactionKey opening = Case(spends).chain.rows.first().key;
    QTest::addColumn<Plant>("plant");
    const auto foreign = [](const char* name, const Posting& posting, TransactionType type) {
        QTest::newRow(name) << Plant([posting, type](Case& c) {
            c.write(posting).type = type;
            return posting.key;
        });
    };
    foreign("top-up", topUp(user, Credits::of(5), key), TransactionType::TopUp);
    foreign("below zero", adjustment(user, Credits::of(-2'000), true, key), TransactionType::Usage);
    foreign("refund", refund(user, opening, Credits::of(1'001), key), TransactionType::Refund);
}

void TestChecker::aForeignRowCannotBeJudged()
{
    QFETCH(Plant, plant);
    Case disturbed(spendsAndReads, R"({"openingBalance": 1000})", R"({"balance": 495})");
    const TransactionKey key = plant(disturbed);
    const auto results = disturbed.check();
    const InvariantResult ghosts = resultOf(results, QStringLiteral("R2"));
    QCOMPARE(ghosts.validity, Validity::Unknown);
    QCOMPARE(ghosts.examples.first().key, key);
    QCOMPARE(resultOf(results, QStringLiteral("R5")).validity, Validity::Unknown);
    QCOMPARE(resultOf(results, QStringLiteral("E1")).validity, Validity::Unknown);
    for (const InvariantResult& result : results)
        QVERIFY2(result.validity != Validity::Invalid, qPrintable(found(results)));
}

void TestChecker::withoutASnapshotNothingIsJudged()
{
    const Case honest(spends);
    std::vector<OperationRecord> records = honest.history;
    Trial trial(honest.plan, {}, false);
    trial.hear(honest.chain.user, std::nullopt, records);
    QCOMPARE(trial.judgement().invariants.size(), 11);
    for (const InvariantResult& result : trial.judgement().invariants)
        QCOMPARE(result.validity, Validity::Unknown);
    QCOMPARE(trial.judgement().counts.ok, 5);
}

void TestChecker::anOpenDoubtIsNoLostCredit()
{
    Case doubtful(spends);
    OperationRecord& record = doubtful.operation(0, 4);
    record.outcome = OperationOutcome::Unknown;
    record.wasDoubted = true;
    record.hasReceipt = false;
    for (const InvariantResult& result : doubtful.check())
        QVERIFY2(result.validity != Validity::Invalid, qPrintable(result.id));
}

void TestChecker::doubtsAreResolvedByTheRows()
{
    const auto outcomeOf = [](const std::function<void(Case&)>& change) {
        Case doubtful(spends);
        OperationRecord& record = doubtful.operation(0, 4);
        record.outcome = OperationOutcome::Unknown;
        record.wasDoubted = true;
        record.hasReceipt = false;
        change(doubtful);
        std::vector<OperationRecord> records = doubtful.history;
        Trial trial(doubtful.plan, {}, true);
        trial.hear(doubtful.chain.user, doubtful.chain, records);
        return trial.judgement().counts;
    };
    const OutcomeCounts stands = outcomeOf([](Case&) {});
    QCOMPARE(stands.applied, 1);
    QCOMPARE(stands.voided, 0);
    // Nothing is written by finding out: what is not there was never applied.
    const OutcomeCounts missing =
        outcomeOf([](Case& c) { c.removeRow(c.keyOf(c.operation(0, 4))); });
    QCOMPARE(missing.voided, 1);
    // A row of other content under the key is somebody else's.
    const OutcomeCounts other =
        outcomeOf([](Case& c) { c.rowOf(c.operation(0, 4)).amount = Credits::of(-7); });
    QCOMPARE(other.voided, 1);
}

void TestChecker::ofDoubtsOnOneKeyTheFirstSentCounts()
{
    Case same(R"({"operation": "topUp", "count": 2, "amount": 5, "key": "K"})");
    same.chain.rows.removeLast(); // both were sent, one row stands
    for (OperationRecord& record : same.history) {
        record.outcome = OperationOutcome::Unknown;
        record.wasDoubted = true;
        record.hasReceipt = false;
    }
    std::swap(same.history[0].sentMicros, same.history[1].sentMicros);
    std::vector<OperationRecord> records = same.history;
    Trial trial(same.plan, {}, true);
    trial.hear(same.chain.user, same.chain, records);
    for (const OperationRecord& record : records)
        QCOMPARE(record.outcome, record.planned.ordinal == 1 ? OperationOutcome::Applied
                                                             : OperationOutcome::Voided);
}

void TestChecker::whatWasNeverSentIsNoDoubtAndMustNotStand()
{
    Case late(spends);
    OperationRecord& record = late.operation(0, 4);
    late.removeRow(late.keyOf(record));
    late.chain.storedBalance = late.chain.rows.last().runningBalance;
    late.chain.storedSequence = late.chain.rows.last().sequence;
    record.sentMicros = OperationRecord::neverSent;
    record.hasReceipt = false;
    for (const OperationOutcome outcome :
         {OperationOutcome::Skipped, OperationOutcome::Unfinished}) {
        record.outcome = outcome;
        QCOMPARE(found(late.check()), QString());
    }
    Case ghost(spends);
    ghost.operation(0, 4).outcome = OperationOutcome::Skipped;
    ghost.operation(0, 4).sentMicros = OperationRecord::neverSent;
    ghost.operation(0, 4).hasReceipt = false;
    const InvariantResult result = resultOf(ghost.check(), QStringLiteral("R2"));
    QCOMPARE(result.validity, Validity::Invalid);
    QCOMPARE(result.examples.first().what, QStringLiteral("ghost"));
}

void TestChecker::rightRefusalsThatSpeakOfRowsAreValid()
{
    const auto refused = [](Case& c, Refusal refusal) {
        OperationRecord again = c.history.back();
        again.sentMicros += 100;
        again.endMicros += 100;
        again.hasReceipt = false;
        again.outcome = OperationOutcome::Refused;
        again.refusal = refusal;
        c.history.push_back(again);
        return found(c.check());
    };
    Case claimed(likeSteps);
    QCOMPARE(refused(claimed, Refusal::AlreadyClaimed), QString());
    Case reversed(reversalOnly);
    QCOMPARE(refused(reversed, Refusal::AlreadyReversed), QString());
    Case reused(spends);
    QCOMPARE(refused(reused, Refusal::KeyReused), QString());

    // While somebody else writes, the row may have been there and be gone.
    Case doubtful(spends);
    const TransactionKey key = *TransactionKey::from(QStringLiteral("somebody-else"));
    doubtful.write(topUp(doubtful.chain.user, Credits::of(5), key));
    OperationRecord& last = doubtful.history.back();
    doubtful.removeRow(doubtful.keyOf(last));
    last.outcome = OperationOutcome::Refused;
    last.refusal = Refusal::KeyReused;
    QCOMPARE(resultOf(doubtful.check(), QStringLiteral("R9")).validity, Validity::Unknown);
}

void TestChecker::expectationsAreJudged_data()
{
    QTest::addColumn<QByteArray>("expect");
    QTest::addColumn<QString>("id");
    QTest::addColumn<bool>("holds");
    const auto row = [](const char* expect, const char* id, bool holds) {
        QTest::newRow(expect) << QByteArray(expect) << QString::fromLatin1(id) << holds;
    };
    row(R"({"balance": 495})", "E1", true);
    row(R"({"balance": 496})", "E1", false);
    row(R"({"ok": 5})", "E2", true);
    row(R"({"ok": 4})", "E2", false);
    row(R"({"ok": 5, "refused": {"CreditsInsufficient": 1}})", "E2", false);
    row(R"({"replayed": 1})", "E2", false);
    row(R"({"failed": 1})", "E2", false);
    row(R"({"rowsByType": {"USAGE": 5, "TOP_UP": 1}})", "E3", true);
    row(R"({"rowsByType": {"USAGE": 6}})", "E3", false);
    row(R"({"keyOfOnlyGrant": "REWARD-{user}-S"})", "E3", false);
    row(R"({"runningBalancesWithin": [899, 798, 697, 596, 495]})", "E4", true);
    row(R"({"runningBalancesWithin": [899, 798, 697, 596]})", "E4", false);
    row(R"({"minRunningBalance": 495, "distinctRunningBalances": 5})", "E4", true);
    row(R"({"minRunningBalance": 494})", "E4", false);
    row(R"({"distinctRunningBalances": 4})", "E4", false);
    row(R"({"newestRunningBalance": 495, "newestAmount": -101})", "E5", true);
    row(R"({"newestAmount": -100})", "E5", false);
    row(R"({"newestRequested": -101})", "E5", false);
    row(R"({"lockWaitsSeen": true})", "E6", false);
}

void TestChecker::expectationsAreJudged()
{
    QFETCH(QByteArray, expect);
    QFETCH(QString, id);
    QFETCH(bool, holds);
    Case honest(spends);
    Scenario scenario = honest.plan.scenario();
    const auto wanted = parseScenario(
        R"({"name": "x", "mix": [{"operation": "read", "count": 1}], "expect": )" + expect + "}");
    scenario.expect = std::get<Scenario>(wanted).expect;
    const Plan plan(scenario, QStringLiteral("r"));
    const auto results = honest.check(plan);
    const InvariantResult result = resultOf(results, id);
    QCOMPARE(result.id, id);
    QCOMPARE(result.validity, holds ? Validity::Valid : Validity::Invalid);

    // Where the server was away, the same end is no violation.
    honest.operation(0, 0).wasDoubted = true;
    const auto disturbed = honest.check(plan);
    QCOMPARE(resultOf(disturbed, id).validity, holds ? Validity::Valid : Validity::Unknown);
}

QTEST_APPLESS_MAIN(TestChecker)
#include "tst_checker.moc"
