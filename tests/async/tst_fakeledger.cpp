// SPDX-License-Identifier: GPL-3.0-or-later
//! The ledger in memory answers as the one in PostgreSQL does, or tests on it would prove nothing.
#include "ledger/postgres/open.h"
#include "tests/support/fakeledger.h"
#include "tests/support/testserver.h"

#include <QtCore/QRandomGenerator>
#include <QtTest/QtTest>

using namespace tallystick;

namespace {

constexpr int rounds = 1500;
constexpr int users = 6; ///< the last one exists in neither ledger
constexpr int keys = 40;

/// One random command, the same for both ledgers.
class Commands final
{
public:
    explicit Commands(quint32 seed)
        : m_random(seed)
    {
    }

    Result<Receipt> next(Ledger& ledger, int choice, quint32 seed)
    {
        m_random.seed(seed);
        const UserId user = someUser();
        switch (choice % 9) {
        case 0:
            return ledger.post(topUp(user, someAmount(), someKey(), someCeiling()));
        case 1:
        case 2:
            return ledger.post(spend(user, someAmount(), someKey()));
        case 3:
            return ledger.post(reward(user, someAmount(), QStringLiteral("STEP-%1").arg(below(4))));
        case 4:
            return ledger.post(refund(user, someKey(), someAmount(), someKey()));
        case 5:
            return ledger.reverse({.user = user, .key = someKey()});
        case 6: {
            const TransactionKey key = someKey();
            return ledger.activate(
                {.user = user,
                 .key = key,
                 .newKey = below(2) == 0 ? std::optional(someKey()) : std::nullopt});
        }
        case 7: {
            Posting pending = topUp(user, someAmount(), someKey());
            pending.active = false;
            return ledger.post(pending);
        }
        default:
            return ledger.preview(adjustment(user, someAmount(), below(2) == 0, someKey()));
        }
    }

private:
    int below(int count) { return m_random.bounded(count); }
    UserId someUser() { return *UserId::from(QStringLiteral("u%1").arg(below(users))); }
    TransactionKey someKey()
    {
        return *TransactionKey::from(QStringLiteral("k%1").arg(below(keys)));
    }
    Credits someAmount()
    {
        constexpr std::array<qint64, 12> amounts{0,
                                                 1,
                                                 10,
                                                 100,
                                                 100,
                                                 500,
                                                 1000,
                                                 -100,
                                                 2147483647,
                                                 -2147483648LL,
                                                 std::numeric_limits<qint64>::max(),
                                                 std::numeric_limits<qint64>::min()};
        return Credits::of(amounts[std::size_t(below(int(amounts.size())))]);
    }
    std::optional<Credits> someCeiling()
    {
        return below(2) == 0 ? std::nullopt : std::optional(Credits::of(below(20) * 100));
    }

    QRandomGenerator m_random;
};

QString told(const Result<Receipt>& answer)
{
    if (const auto* refusal = answer.refusal())
        return QStringLiteral("refused %1 on %2")
            .arg(nameOf(refusal->refusal))
            .arg(refusal->balance.value());
    if (const auto* failure = answer.failure())
        return QStringLiteral("failed %1: %2").arg(nameOf(failure->kind), failure->text);
    return QStringLiteral("%1 requested %2 applied %3 balance %4 sequence %5 replayed %6 clamp %7")
        .arg(answer->key.text())
        .arg(answer->requested.value())
        .arg(answer->applied.value())
        .arg(answer->balance.value())
        .arg(answer->sequence.value_or(-1))
        .arg(answer->replayed)
        .arg(labelOf(answer->clamp));
}

QStringList told(const Chain& chain)
{
    QStringList lines{
        QStringLiteral("balance %1").arg(chain.storedBalance.value_or(Credits::of(-1)).value())};
    for (const ChainRow& row : chain.rows)
        lines.append(QStringLiteral("%1 %2 %3 %4 %5 %6 %7")
                         .arg(row.key.text(), labelOf(row.type), row.clamp)
                         .arg(row.amount.value())
                         .arg(row.active)
                         .arg(row.runningBalance.value_or(Credits::of(-1)).value())
                         .arg(row.sequence.value_or(-1)));
    return lines;
}

} // namespace

class TstFakeLedger : public QObject
{
    Q_OBJECT

private slots:
    void answersAsPostgresDoes();
    void losesAnAnswerButNotTheWork();
};

void TstFakeLedger::answersAsPostgresDoes()
{
    TestServer server;
    auto real = postgres::openLedger(server.createDatabase());
    QVERIFY(real.ok());
    FakeStore store;
    auto fake = store.opener()();
    QVERIFY(fake.ok());
    for (int i = 0; i + 1 < users; ++i) {
        const NewUser user{.id = *UserId::from(QStringLiteral("u%1").arg(i)),
                           .withBalanceRow = i % 2 == 0};
        QVERIFY((*real)->createUser(user).ok());
        QVERIFY((*fake)->createUser(user).ok());
    }
    const quint32 seed = qEnvironmentVariableIntValue("TALLYSTICK_SEED") != 0
                             ? quint32(qEnvironmentVariableIntValue("TALLYSTICK_SEED"))
                             : QRandomGenerator::global()->generate() & 0x7FFFFFFF;
    qInfo("TALLYSTICK_SEED=%u", seed);
    QRandomGenerator random(seed);
    Commands commands(seed);
    QHash<QString, int> seen;
    for (int i = 0; i < rounds; ++i) {
        const int choice = random.bounded(9);
        const quint32 ofThis = random.generate();
        const auto expected = commands.next(**real, choice, ofThis);
        const auto answered = commands.next(**fake, choice, ofThis);
        QVERIFY2(told(answered) == told(expected),
                 qPrintable(QStringLiteral("round %1, kind %2:\n  fake %3\n  real %4")
                                .arg(i)
                                .arg(choice)
                                .arg(told(answered), told(expected))));
        ++seen[expected.refusal()   ? nameOf(expected.refusal()->refusal)
               : expected->replayed ? QStringLiteral("replayed")
                                    : QStringLiteral("posted")];
    }
    for (int i = 0; i + 1 < users; ++i) {
        const UserId user = *UserId::from(QStringLiteral("u%1").arg(i));
        QCOMPARE(told(*(*fake)->chain(user)), told(*(*real)->chain(user)));
    }
    for (const char* const outcome : {"posted", "replayed", "CreditsInsufficient", "KeyReused",
                                      "CeilingReached", "AlreadyClaimed", "AlreadyReversed",
                                      "AlreadyActive", "UserUnknown", "TransactionUnknown"})
        QVERIFY2(seen.value(QLatin1String(outcome)) > 0, outcome);
}

void TstFakeLedger::losesAnAnswerButNotTheWork()
{
    FakeStore store;
    const UserId user = *UserId::from(QStringLiteral("u"));
    store.addUser(user, QStringLiteral("u@lab.invalid"), QString());
    auto session = store.opener()();
    const Posting posting =
        topUp(user, Credits::of(100), *TransactionKey::from(QStringLiteral("k")));
    store.failNext({.failure = {.kind = Failure::Kind::OutcomeUnknown}, .appliesFirst = true});
    QVERIFY((*session)->post(posting).failure());
    QVERIFY((*session)->post(posting).failure()); // this session is gone
    session = store.opener()();
    const auto again = (*session)->post(posting);
    QVERIFY(again.ok());
    QVERIFY(again->replayed);
    QCOMPARE(again->balance, Credits::of(100));
}

QTEST_GUILESS_MAIN(TstFakeLedger)
#include "tst_fakeledger.moc"
