// SPDX-License-Identifier: GPL-3.0-or-later
//! Demo data: the same for the same seed, sound but for the planted crimes, and like life.
#include "ledger/audit/chaincheck.h"
#include "ledger/lab/demodata.h"
#include "ledger/postgres/open.h"
#include "tests/support/testserver.h"

#include <QtCore/QCryptographicHash>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtTest/QtTest>

using namespace tallystick;

namespace {

struct Row
{
    QByteArray key, type;
    qint64 at = 0, amount = 0, running = 0, sequence = 0; // sequence 0: null
    bool active = true;
    QJsonObject metadata;
};

struct Customer
{
    QByteArray email, name;
    qint64 createdAt = 0;
    QList<Row> rows;
    bool hasBalance = false;
    qint64 balance = 0, updatedAt = 0, sequence = 0;
};

/// Keeps what is loaded, as a database would.
class MemoryLoader final : public Loader
{
public:
    Outcome copy(LoadTable table, const QByteArray& text) override
    {
        m_longest = qMax(m_longest, text.size());
        m_hash.addData(text);
        if (m_failAt >= 0 && m_copies++ == m_failAt)
            return Failure{.kind = Failure::Kind::ServerFull, .text = QStringLiteral("full")};
        const QList<QByteArray> lines = text.split('\n');
        for (const QByteArray& line : lines)
            if (!line.isEmpty())
                take(table, line.split('\t'));
        return Done{};
    }
    Outcome finish() override
    {
        m_isFinished = true;
        return Done{};
    }
    Result<bool> isEmpty() override { return true; }
    Outcome clear() override { return Done{}; }

    QMap<QByteArray, Customer> m_customers;
    QCryptographicHash m_hash{QCryptographicHash::Sha256};
    qsizetype m_longest = 0;
    bool m_isFinished = false;
    int m_failAt = -1, m_copies = 0;

private:
    void take(LoadTable table, const QList<QByteArray>& cells)
    {
        switch (table) {
        case LoadTable::Users:
            QCOMPARE(cells.size(), 4);
            QVERIFY(!m_customers.contains(cells[0]));
            m_customers[cells[0]] = {
                .email = cells[1], .name = cells[2], .createdAt = cells[3].toLongLong()};
            return;
        case LoadTable::Balances: {
            QCOMPARE(cells.size(), 4);
            QVERIFY(m_customers.contains(cells[0]));
            Customer& customer = m_customers[cells[0]];
            QVERIFY(!customer.hasBalance);
            customer.hasBalance = true;
            customer.balance = cells[1].toLongLong();
            customer.updatedAt = cells[2].toLongLong();
            customer.sequence = cells[3].toLongLong();
            return;
        }
        case LoadTable::Transactions:
            QCOMPARE(cells.size(), 9);
            QVERIFY(m_customers.contains(cells[2]));
            const QJsonDocument metadata = QJsonDocument::fromJson(cells[6]);
            QVERIFY2(metadata.isObject(), cells[6].constData());
            QVERIFY(cells[8] == "\\N" || cells[8].toLongLong() > 0);
            m_customers[cells[2]].rows.append({.key = cells[0],
                                               .type = cells[4],
                                               .at = cells[1].toLongLong(),
                                               .amount = cells[3].toLongLong(),
                                               .running = cells[7].toLongLong(),
                                               .sequence = cells[8].toLongLong(),
                                               .active = cells[5] == "t",
                                               .metadata = metadata.object()});
            return;
        }
    }
};

/// Counts bytes only, to measure the generator.
class CountingLoader final : public Loader
{
public:
    Outcome copy(LoadTable, const QByteArray& text) override
    {
        m_bytes += text.size();
        m_longest = qMax(m_longest, text.size());
        return Done{};
    }
    Outcome finish() override { return Done{}; }
    Result<bool> isEmpty() override { return true; }
    Outcome clear() override { return Done{}; }
    qint64 m_bytes = 0;
    qsizetype m_longest = 0;
};

/// A walk of its own over the rules of the ledger; what is wrong, or nothing.
QString complaint(const Customer& customer)
{
    qint64 balance = 0, sequence = 0, last = customer.createdAt;
    QSet<QByteArray> keys;
    QHash<QString, qint64> refundable;
    QSet<QString> steps;
    for (const Row& row : customer.rows) {
        if (keys.contains(row.key))
            return QStringLiteral("key twice: ") + QString::fromUtf8(row.key);
        keys.insert(row.key);
        if (row.at <= last)
            return QStringLiteral("time runs back");
        last = row.at;
        if (!row.active) {
            if (row.sequence != 0 || row.running != balance)
                return QStringLiteral("a pending row counts");
            continue;
        }
        if (row.sequence != ++sequence)
            return QStringLiteral("sequence");
        balance += row.amount;
        if (row.running != balance)
            return QStringLiteral("running balance");
        if (balance < 0 && row.amount < 0 && row.type != "REFUND")
            return QStringLiteral("below zero");
        if (row.type == "TOP_UP") {
            if (row.amount <= 0)
                return QStringLiteral("a top-up that takes");
            refundable.insert(QString::fromUtf8(row.key), row.amount);
        }
        const QString refundOf = row.metadata.value(QLatin1String("refundOf")).toString();
        if ((row.type == "REFUND") != !refundOf.isEmpty())
            return QStringLiteral("refund of nothing");
        if (!refundOf.isEmpty() && (refundable[refundOf] += row.amount) < 0)
            return QStringLiteral("refund too large");
        const QString step = row.metadata.value(QLatin1String("step")).toString();
        if (!step.isEmpty() && steps.contains(step))
            return QStringLiteral("reward twice");
        steps.insert(step);
        const QJsonValue requested = row.metadata.value(QLatin1String("requestedAmount"));
        if (!requested.isUndefined() && (requested.toInteger() <= row.amount || row.amount <= 0))
            return QStringLiteral("clamp record");
    }
    if (!customer.hasBalance)
        return QStringLiteral("no balance row");
    if (customer.balance != balance || customer.sequence != sequence || customer.updatedAt != last)
        return QStringLiteral("balance row");
    return {};
}

Chain chainOf(const QByteArray& id, const Customer& customer)
{
    Chain chain{.user = *UserId::from(QString::fromUtf8(id))};
    if (customer.hasBalance) {
        chain.storedBalance = Credits::of(customer.balance);
        chain.storedSequence = customer.sequence;
    }
    for (const Row& row : customer.rows) {
        ChainRow link{.key = *TransactionKey::from(QString::fromUtf8(row.key)),
                      .createdAt = {row.at},
                      .amount = Credits::of(row.amount),
                      .type = typeWithLabel(QString::fromUtf8(row.type)),
                      .active = row.active,
                      .runningBalance = Credits::of(row.running),
                      .clamp = row.metadata.value(QLatin1String("clamp")).toString(),
                      .refundOf = TransactionKey::from(
                          row.metadata.value(QLatin1String("refundOf")).toString()),
                      .reverses = TransactionKey::from(
                          row.metadata.value(QLatin1String("reverses")).toString())};
        if (row.sequence > 0)
            link.sequence = row.sequence;
        if (const QJsonValue requested = row.metadata.value(QLatin1String("requestedAmount"));
            !requested.isUndefined())
            link.requested = Credits::of(requested.toInteger());
        chain.rows.append(link);
    }
    return chain;
}

Result<DemoSummary> seed(const DemoPlan& plan, Loader& loader)
{
    return seedDemo(plan, loader, {}, {});
}

} // namespace

class TstDemoData : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void holdsWhatWasPlanned();
    void isTheSameForTheSameSeed();
    void keepsEveryRuleButForTheCrimes();
    void eachCrimeIsFoundByItsName();
    void nothingElseIsFound();
    void looksLikeLife();
    void hasAWorkingWeek();
    void speaksManyLanguages();
    void hasFewVeryActiveCustomers();
    void fitsOddPlans_data();
    void fitsOddPlans();
    void refusesPlansOutOfRange();
    void stopsWhenAsked();
    void passesOnWhatTheLoaderSays();
    void streamsInChunks();
    void loadsIntoADatabase();

private:
    MemoryLoader m_loaded;
    DemoSummary m_summary;
};

void TstDemoData::initTestCase()
{
    const auto summary = seed({}, m_loaded);
    QVERIFY(summary.ok());
    m_summary = *summary;
}

void TstDemoData::holdsWhatWasPlanned()
{
    QVERIFY(m_loaded.m_isFinished);
    QCOMPARE(m_summary.users, 2010);
    QCOMPARE(m_loaded.m_customers.size(), m_summary.users);
    qint64 rows = 0, ofCrimes = 0;
    for (auto c = m_loaded.m_customers.cbegin(); c != m_loaded.m_customers.cend(); ++c) {
        rows += c->rows.size();
        ofCrimes += c->name.startsWith("Crime: ") ? c->rows.size() : 0;
    }
    QCOMPARE(rows, m_summary.transactions);
    QCOMPARE(rows - ofCrimes, 200'000);
    QCOMPARE(m_summary.crimes.size(), 10);
}

void TstDemoData::isTheSameForTheSameSeed()
{
    MemoryLoader again, other;
    QVERIFY(seed({}, again).ok());
    QCOMPARE(again.m_hash.result(), m_loaded.m_hash.result());
    QVERIFY(seed({.seed = 2}, other).ok());
    QVERIFY(other.m_hash.result() != m_loaded.m_hash.result());
}

void TstDemoData::keepsEveryRuleButForTheCrimes()
{
    for (auto c = m_loaded.m_customers.cbegin(); c != m_loaded.m_customers.cend(); ++c) {
        const QString wrong = complaint(*c);
        QVERIFY2(wrong.isEmpty() != c->name.startsWith("Crime: "),
                 c.key() + " " + c->name + ": " + wrong.toUtf8());
    }
}

void TstDemoData::eachCrimeIsFoundByItsName()
{
    QSet<FindingKind> kinds;
    for (const UserId& user : std::as_const(m_summary.crimes)) {
        const QByteArray id = user.text().toUtf8();
        const Customer& customer = m_loaded.m_customers[id];
        const ChainVerdict verdict = checkChain(chainOf(id, customer));
        QList<Finding> findings = verdict.findings;
        findings.removeIf([](const Finding& finding) { return isHarmless(finding.kind); });
        QVERIFY2(findings.size() == 1, customer.name);
        QCOMPARE(QStringLiteral("Crime: ") + nameOf(findings.first().kind),
                 QString::fromUtf8(customer.name));
        kinds.insert(findings.first().kind);
    }
    QCOMPARE(kinds.size(), 10);
}

void TstDemoData::nothingElseIsFound()
{
    for (auto c = m_loaded.m_customers.cbegin(); c != m_loaded.m_customers.cend(); ++c) {
        if (c->name.startsWith("Crime: "))
            continue;
        const ChainVerdict verdict = checkChain(chainOf(c.key(), *c));
        QVERIFY2(verdict.findings.isEmpty(),
                 c.key() + " " + nameOf(verdict.findings.value(0).kind).toUtf8());
        QCOMPARE(verdict.proof, Proof::Sequence);
    }
}

void TstDemoData::looksLikeLife()
{
    QHash<QByteArray, int> byType;
    int pending = 0, clamped = 0, reversed = 0, corrected = 0;
    QHash<QString, int> executions;
    qint64 newest = 0, oldest = std::numeric_limits<qint64>::max();
    for (const Customer& customer : std::as_const(m_loaded.m_customers)) {
        for (const Row& row : customer.rows) {
            ++byType[row.type];
            pending += row.active ? 0 : 1;
            clamped += row.metadata.contains(QLatin1String("clamp")) ? 1 : 0;
            reversed += row.metadata.contains(QLatin1String("reverses")) ? 1 : 0;
            corrected += row.metadata.contains(QLatin1String("ticket")) ? 1 : 0;
            const QString execution = row.metadata.value(QLatin1String("graph_exec_id")).toString();
            if (!execution.isEmpty())
                ++executions[execution];
            newest = qMax(newest, row.at);
            oldest = qMin(oldest, row.at);
        }
    }
    for (const TransactionType type : writableTypes)
        QVERIFY2(byType[labelOf(type).toUtf8()] > 100, qPrintable(labelOf(type)));
    QVERIFY(byType["USAGE"] > 150'000);
    QVERIFY(pending > 100);
    QVERIFY(clamped > 100);
    QVERIFY(reversed > 100);
    QVERIFY(corrected > 100);
    QVERIFY(executions.size() < byType["USAGE"] / 3);
    const int longest = *std::max_element(executions.cbegin(), executions.cend());
    QVERIFY(longest >= 25);
    const qint64 day = 86'400'000'000;
    const qint64 end = DemoPlan().end.micros;
    QVERIFY(newest < end + day / 24);
    QVERIFY(newest > end - day);
    QVERIFY(oldest < end - 530 * day);
    QVERIFY(oldest >= end - 550 * day);
}

void TstDemoData::hasAWorkingWeek()
{
    QList<int> byDay(7), byHour(24);
    for (const Customer& customer : std::as_const(m_loaded.m_customers)) {
        // One part of the world, as the hours differ.
        if (!customer.name.contains("\u00fc") && !customer.name.contains("\u00e4"))
            continue;
        for (const Row& row : customer.rows) {
            const QDateTime local = QDateTime::fromMSecsSinceEpoch(row.at / 1000, Qt::UTC);
            ++byDay[local.date().dayOfWeek() - 1];
            ++byHour[local.time().hour()];
        }
    }
    QVERIFY(byDay[1] > 1000);
    QVERIFY(byDay[5] + byDay[6] < byDay[1]);
    QVERIFY(byHour[2] * 5 < byHour[14]);
}

void TstDemoData::speaksManyLanguages()
{
    QSet<QChar::Script> scripts;
    int rightToLeft = 0;
    QSet<QByteArray> emails;
    for (const Customer& customer : std::as_const(m_loaded.m_customers)) {
        const QString name = QString::fromUtf8(customer.name);
        QVERIFY(name.isValidUtf16() && !name.isEmpty());
        for (const QChar c : name)
            scripts.insert(c.script());
        rightToLeft += name.isRightToLeft() ? 1 : 0;
        QVERIFY(!emails.contains(customer.email));
        emails.insert(customer.email);
        const QByteArray domain = customer.email.mid(customer.email.indexOf('@') + 1);
        QVERIFY2(domain.endsWith(".example") || domain.startsWith("example."), domain);
    }
    for (const QChar::Script script :
         {QChar::Script_Latin, QChar::Script_Cyrillic, QChar::Script_Han, QChar::Script_Hangul,
          QChar::Script_Hiragana, QChar::Script_Arabic, QChar::Script_Hebrew,
          QChar::Script_Devanagari})
        QVERIFY(scripts.contains(script));
    QVERIFY(rightToLeft > 50);
}

void TstDemoData::hasFewVeryActiveCustomers()
{
    QList<qsizetype> counts;
    qsizetype total = 0;
    for (const Customer& customer : std::as_const(m_loaded.m_customers)) {
        counts.append(customer.rows.size());
        total += customer.rows.size();
    }
    std::sort(counts.begin(), counts.end(), std::greater<>());
    qsizetype ofTwenty = 0;
    for (int i = 0; i < 20; ++i)
        ofTwenty += counts[i];
    QVERIFY(counts[0] > 5000);
    QVERIFY(ofTwenty > total / 5);
    QVERIFY(counts[counts.size() / 2] < 60);
}

void TstDemoData::fitsOddPlans_data()
{
    QTest::addColumn<qint64>("users");
    QTest::addColumn<qint64>("transactions");
    QTest::newRow("nothing") << qint64(0) << qint64(0);
    QTest::newRow("nobody does anything") << qint64(7) << qint64(0);
    QTest::newRow("one") << qint64(1) << qint64(1);
    QTest::newRow("one does all") << qint64(1) << qint64(20'000);
    QTest::newRow("more users than rows") << qint64(500) << qint64(100);
    QTest::newRow("two") << qint64(2) << qint64(1001);
}

void TstDemoData::fitsOddPlans()
{
    QFETCH(qint64, users);
    QFETCH(qint64, transactions);
    MemoryLoader loader;
    const auto summary =
        seed({.users = users, .transactions = transactions, .crimes = false}, loader);
    QVERIFY(summary.ok());
    QCOMPARE(summary->users, users);
    QCOMPARE(summary->transactions, transactions);
    QVERIFY(summary->crimes.isEmpty());
    for (const Customer& customer : std::as_const(loader.m_customers))
        QCOMPARE(complaint(customer), QString());
}

void TstDemoData::refusesPlansOutOfRange()
{
    MemoryLoader loader;
    for (const DemoPlan& plan :
         {DemoPlan{.users = -1}, DemoPlan{.transactions = -5},
          DemoPlan{.users = 0, .transactions = 5}, DemoPlan{.users = mostDemoUsers + 1},
          DemoPlan{.transactions = mostDemoTransactions + 1}}) {
        const auto refused = seed(plan, loader);
        QVERIFY(refused.refusal());
        QCOMPARE(refused.refusal()->refusal, Refusal::AmountInvalid);
    }
    QVERIFY(loader.m_customers.isEmpty());
}

void TstDemoData::stopsWhenAsked()
{
    MemoryLoader loader;
    std::stop_source source;
    qint64 done = 0;
    const auto stopped = seedDemo(
        {}, loader,
        [&](qint64 rows, qint64 planned) {
            done = rows;
            QVERIFY(rows <= planned);
            source.request_stop();
        },
        source.get_token());
    QVERIFY(stopped.failure());
    QCOMPARE(stopped.failure()->kind, Failure::Kind::Cancelled);
    QVERIFY(!loader.m_isFinished);
    QVERIFY(done > 0 && done < 100'000);
}

void TstDemoData::passesOnWhatTheLoaderSays()
{
    MemoryLoader loader;
    loader.m_failAt = 4;
    const auto failed = seed({}, loader);
    QVERIFY(failed.failure());
    QCOMPARE(failed.failure()->kind, Failure::Kind::ServerFull);
    QVERIFY(!loader.m_isFinished);
    QCOMPARE(loader.m_copies, 5);
}

void TstDemoData::streamsInChunks()
{
    CountingLoader loader;
    QElapsedTimer clock;
    clock.start();
    const auto summary = seed({.users = 100'000, .transactions = 1'000'000}, loader);
    QVERIFY(summary.ok());
    qInfo("%lld rows/s, %lld bytes a row", summary->transactions * 1000 / clock.elapsed(),
          loader.m_bytes / summary->transactions);
    QVERIFY(loader.m_longest < 5 * 1024 * 1024);
}

void TstDemoData::loadsIntoADatabase()
{
    TestServer server;
    const Connection database = server.createDatabase();
    auto loader = postgres::openLoader(database);
    QVERIFY(loader.ok());
    QElapsedTimer clock;
    clock.start();
    QVERIFY((*loader)->clear().ok());
    const auto summary = seed({}, **loader);
    QVERIFY2(summary.ok(), summary.ok() ? "" : qPrintable(summary.failure()->text));
    qInfo("loaded in %lld ms", clock.elapsed());
    QCOMPARE(sql(database, QStringLiteral("SELECT count(*) FROM platform.\"User\"")),
             QString::number(summary->users));
    QCOMPARE(sql(database, QStringLiteral("SELECT count(*) FROM platform.\"CreditTransaction\"")),
             QString::number(summary->transactions));
    // Told by the database alone: whose balance is not the sum of the active amounts.
    QCOMPARE(
        sql(database,
            QStringLiteral("SELECT string_agg(u.id, ' ' ORDER BY u.id) FROM platform.\"User\" u "
                           "LEFT JOIN platform.\"UserBalance\" b ON b.\"userId\" = u.id "
                           "WHERE b.balance IS DISTINCT FROM (SELECT coalesce(sum(amount), 0) FROM "
                           "platform.\"CreditTransaction\" t WHERE t.\"userId\" = u.id AND "
                           "t.\"isActive\")")),
        QStringLiteral("crime-arithmetic crime-ceiling-loss crime-fork crime-gap "
                       "crime-no-balance-row crime-tail"));
}

QTEST_GUILESS_MAIN(TstDemoData)
#include "tst_demodata.moc"
