// SPDX-License-Identifier: GPL-3.0-or-later
//! Random histories: every way gives the same receipts, refusals and tables.
#include "ledger/postgres/open.h"
#include "tests/support/testserver.h"

#include <QtCore/QProcessEnvironment>
#include <QtTest/QTest>

#include <limits>
#include <random>

using namespace tallystick;

namespace {

constexpr int sequences = 12;
constexpr int operationsEach = 400;

using Command = std::variant<Posting, Reversal, Activation>;

/// Makes commands that meet each other: few users, few keys, amounts near every edge.
class CommandSource final
{
public:
    explicit CommandSource(quint64 seed)
        : m_engine(seed)
    {
    }

    /// Every sixth command is an earlier one again.
    Command next()
    {
        if (!m_earlier.empty() && number(0, 5) == 0)
            return m_earlier.at(size_t(number(0, int(m_earlier.size()) - 1)));
        m_earlier.push_back(fresh());
        return m_earlier.back();
    }

private:
    Command fresh()
    {
        const int kind = number(0, 19);
        if (kind == 0)
            return Reversal{.user = user(), .key = key()};
        if (kind == 1)
            return Activation{.user = user(),
                              .key = key(),
                              .newKey = number(0, 1) ? std::optional(key()) : std::nullopt,
                              .metadata = {{QStringLiteral("by"), QStringLiteral("test")}}};
        Posting posting{.user = user(), .key = key(), .amount = amount(), .type = type()};
        if (number(0, 2) == 0)
            posting.ceiling = amount();
        posting.mayOverdraw = number(0, 3) == 0;
        posting.active = number(0, 7) != 0;
        if (number(0, 9) == 0)
            posting.onSameKey = Posting::OnSameKey::AlreadyClaimed;
        if (number(0, 3) == 0) {
            posting.refundOf = key();
            posting.active = true;
            posting.type = TransactionType::Refund;
            posting.mayOverdraw = true;
        }
        if (number(0, 1))
            posting.metadata.insert(QStringLiteral("reason"), QStringLiteral("it's \\ \"so\" 😀"));
        return posting;
    }
    int number(int low, int high) { return std::uniform_int_distribution(low, high)(m_engine); }
    UserId user() { return *UserId::from(QStringLiteral("user-%1").arg(number(0, 4))); }
    TransactionKey key()
    {
        return *TransactionKey::from(QStringLiteral("key-%1").arg(number(0, 24)));
    }
    TransactionType type()
    {
        return writableTypes.at(size_t(number(0, int(writableTypes.size()) - 1)));
    }
    Credits amount()
    {
        constexpr qint64 int32Max = std::numeric_limits<qint32>::max();
        constexpr qint64 int64Max = std::numeric_limits<qint64>::max();
        constexpr qint64 edges[] = {0,
                                    1,
                                    -1,
                                    int32Max,
                                    -int32Max - 1,
                                    int32Max - 100,
                                    int32Max + 1,
                                    -int32Max - 2,
                                    int64Max,
                                    -int64Max - 1,
                                    qint64(1) << 33,
                                    -(qint64(1) << 33),
                                    (qint64(1) << 33) + 1};
        if (number(0, 9) == 0)
            return Credits::of(edges[number(0, int(std::size(edges)) - 1)]);
        return Credits::of(number(-600, 1000));
    }
    std::mt19937_64 m_engine;
    std::vector<Command> m_earlier;
};

Result<Receipt> run(Ledger& ledger, const Command& command)
{
    if (const auto* posting = std::get_if<Posting>(&command))
        return ledger.post(*posting);
    if (const auto* reversal = std::get_if<Reversal>(&command))
        return ledger.reverse(*reversal);
    return ledger.activate(std::get<Activation>(command));
}

/// Everything an answer says but its time, which no two servers share.
QString told(const Result<Receipt>& answer)
{
    if (answer)
        return QStringLiteral("%1 requested %2 applied %3 balance %4 sequence %5 %6 clamp '%7'")
            .arg(answer->key.text())
            .arg(answer->requested.value())
            .arg(answer->applied.value())
            .arg(answer->balance.value())
            .arg(answer->sequence.value_or(-1))
            .arg(answer->replayed ? QStringLiteral("replayed") : QStringLiteral("new"),
                 labelOf(answer->clamp));
    if (const RefusalWithFacts* refusal = answer.refusal())
        return QStringLiteral("%1 of %2: balance %3 requested %4 ceiling %5")
            .arg(nameOf(refusal->refusal), refusal->subject)
            .arg(refusal->balance.value())
            .arg(refusal->requested.value())
            .arg(refusal->ceiling ? QString::number(refusal->ceiling->value()) : QString());
    return QStringLiteral("failure ") + nameOf(answer.failure()->kind) + QLatin1Char(' ') +
           answer.failure()->text;
}

const QString tables = QStringLiteral(
    "SELECT (SELECT string_agg(concat_ws('|', \"userId\", \"transactionKey\", amount, type, "
    "\"isActive\", \"runningBalance\", sequence, metadata - 'pendingSince'), E'\n' "
    "ORDER BY \"userId\", \"transactionKey\") FROM platform.\"CreditTransaction\") || "
    "(SELECT string_agg(concat_ws('|', \"userId\", balance, sequence), E'\n' ORDER BY \"userId\") "
    "FROM platform.\"UserBalance\")");

} // namespace

class TestEquivalence final : public QObject
{
    Q_OBJECT
private slots:
    void everyWayAnswersAndWritesTheSame_data()
    {
        QTest::addColumn<quint64>("seed");
        const QString given = qEnvironmentVariable("TALLYSTICK_TEST_SEED");
        const quint64 first = given.isEmpty() ? 20260101 : given.toULongLong();
        for (int i = 0; i < (given.isEmpty() ? sequences : 1); ++i)
            QTest::newRow(qPrintable(QStringLiteral("seed %1").arg(first + quint64(i))))
                << first + quint64(i);
    }
    void everyWayAnswersAndWritesTheSame()
    {
        QFETCH(quint64, seed);
        std::vector<Connection> databases;
        std::vector<std::unique_ptr<Ledger>> ledgers;
        for (const Way way : ruleWays) {
            databases.push_back(m_server.createDatabase());
            auto ledger = postgres::openLedger(databases.back(), {.way = way});
            QVERIFY(ledger);
            ledgers.push_back(*std::move(ledger));
            // user-4 does not exist; user-3 has no balance row, user-2 a history without one.
            for (const int i : {0, 1, 2, 3})
                QVERIFY(ledgers.back()->createUser(
                    {.id = *UserId::from(QStringLiteral("user-%1").arg(i)),
                     .withBalanceRow = i < 2}));
            runSql(databases.back(),
                   QStringLiteral("INSERT INTO platform.\"CreditTransaction\" (\"transactionKey\", "
                                  "\"userId\", amount, type, \"runningBalance\", sequence) "
                                  "VALUES ('old', 'user-2', 100, 'TOP_UP', 100, 1)"));
        }
        CommandSource source(seed);
        QMap<QString, int> seen;
        for (int i = 0; i < operationsEach; ++i) {
            const Command command = source.next();
            const auto first = run(*ledgers.front(), command);
            QVERIFY2(!first.failure(), qPrintable(told(first)));
            ++seen[first ? (first->replayed ? QStringLiteral("replayed") : QStringLiteral("new"))
                         : nameOf(first.refusal()->refusal)];
            for (size_t other = 1; other < ledgers.size(); ++other)
                QVERIFY2(told(run(*ledgers.at(other), command)) == told(first),
                         qPrintable(QStringLiteral("operation %1, seed %2: %3 / %4")
                                        .arg(i)
                                        .arg(seed)
                                        .arg(told(first), told(run(*ledgers.at(other), command)))));
        }
        const QString written = sql(databases.front(), tables);
        QVERIFY(!written.isEmpty());
        for (const Connection& database : databases)
            QCOMPARE(sql(database, tables), written);
        for (auto count = seen.cbegin(); count != seen.cend(); ++count)
            m_seen[count.key()] += count.value();
    }

    /// A suite that never met a rule proves nothing about it.
    void everyRuleWasMet()
    {
        if (!qEnvironmentVariableIsEmpty("TALLYSTICK_TEST_SEED"))
            return;
        for (const char* const name :
             {"new", "replayed", "UserUnknown", "CreditsInsufficient", "CeilingReached",
              "KeyReused", "AlreadyClaimed", "AlreadyActive", "AlreadyReversed",
              "RefundExceedsPayment", "TransactionUnknown", "NotReversible", "AmountInvalid",
              "NotARefundablePayment"})
            QVERIFY2(m_seen.value(QString::fromLatin1(name)) > 0, name);
    }

private:
    TestServer m_server;
    QMap<QString, int> m_seen;
};

QTEST_GUILESS_MAIN(TestEquivalence)
#include "tst_equivalence.moc"
