// SPDX-License-Identifier: GPL-3.0-or-later
//! Every rule of a posting, at its edges and over random cases against wide arithmetic.
#include "ledger/core/decide.h"

#include <QtCore/QRandomGenerator>
#include <QtTest/QtTest>

#include <limits>

using namespace tallystick;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(Posting)

namespace {

__extension__ using Wide = __int128; // wider than every sum of two amounts

constexpr qint64 lowest = std::numeric_limits<qint64>::min();
constexpr qint64 highest = std::numeric_limits<qint64>::max();
constexpr qint64 top = std::numeric_limits<qint32>::max();
constexpr qint64 bottom = std::numeric_limits<qint32>::min();

const UserId ann = *UserId::from(u"ann"_s);

struct Case
{
    qint64 balance = 0;
    qint64 amount = 0;
    std::optional<qint64> ceiling;
    bool mayOverdraw = false;
    bool active = true;
};

Posting postingOf(const Case& given)
{
    return {.user = ann,
            .key = *TransactionKey::from(u"k"_s),
            .amount = Credits::of(given.amount),
            .type = TransactionType::TopUp,
            .ceiling = given.ceiling ? std::optional(Credits::of(*given.ceiling)) : std::nullopt,
            .mayOverdraw = given.mayOverdraw,
            .active = given.active};
}

std::variant<Movement, RefusalWithFacts> decided(const Case& given)
{
    return decide(Credits::of(given.balance), postingOf(given));
}

/// The rules once more, said naively in arithmetic that cannot overflow.
QString expectedOf(const Case& given)
{
    const Wide before = given.balance;
    const Wide amount = given.amount;
    if (!given.active) {
        const Wide stored = std::clamp(amount, Wide(bottom), Wide(top));
        return u"%1 at %2%3"_s.arg(qint64(stored))
            .arg(given.balance)
            .arg(stored == amount ? QString() : u" range"_s);
    }
    if (amount < 0 && !given.mayOverdraw && before + amount < 0)
        return u"CreditsInsufficient"_s;
    Wide after = before + amount;
    QString clamp;
    if (amount > 0 && given.ceiling) {
        if (before >= *given.ceiling)
            return u"CeilingReached"_s;
        if (after > *given.ceiling) {
            after = *given.ceiling;
            clamp = u" ceiling"_s;
        }
    }
    // Both the balance and the row's amount are columns of 32 bits.
    const Wide stored =
        std::clamp(std::clamp(after, Wide(bottom), Wide(top)) - before, Wide(bottom), Wide(top));
    if (stored != after - before) {
        after = before + stored;
        clamp = u" range"_s;
    }
    return u"%1 at %2%3"_s.arg(qint64(after - before)).arg(qint64(after)).arg(clamp);
}

QString told(const std::variant<Movement, RefusalWithFacts>& answer)
{
    if (const auto* refused = std::get_if<RefusalWithFacts>(&answer))
        return nameOf(refused->refusal);
    const auto& movement = std::get<Movement>(answer);
    const QString clamp = labelOf(movement.clamp);
    return u"%1 at %2%3"_s.arg(movement.applied.value())
        .arg(movement.balance.value())
        .arg(clamp.isEmpty() ? QString() : u' ' + clamp);
}

/// Values near every edge of the rules, and anywhere between.
class Cases final
{
public:
    explicit Cases(quint32 seed)
        : m_random(seed)
    {
    }
    Case next()
    {
        Case made{.balance = balance(), .amount = amount(), .ceiling = {}};
        if (m_random.bounded(2))
            made.ceiling = amount();
        made.mayOverdraw = m_random.bounded(3) == 0;
        made.active = m_random.bounded(8) != 0;
        return made;
    }

private:
    qint64 nudged(qint64 value)
    {
        const qint64 by = m_random.bounded(-3, 4);
        if ((by > 0 && value > highest - by) || (by < 0 && value < lowest - by))
            return value;
        return value + by;
    }
    qint64 balance()
    {
        constexpr std::array<qint64, 5> edges{0, 100, 1000, top, bottom};
        const qint64 value = m_random.bounded(4)
                                 ? nudged(edges[size_t(m_random.bounded(int(edges.size())))])
                                 : qint64(qint32(m_random.generate()));
        return std::clamp(value, bottom, top);
    }
    qint64 amount()
    {
        constexpr std::array<qint64, 13> edges{0,
                                               100,
                                               -100,
                                               1000,
                                               -1000,
                                               top,
                                               -top,
                                               bottom,
                                               -bottom,
                                               highest,
                                               lowest,
                                               qint64(1) << 33,
                                               -(qint64(1) << 33)};
        switch (m_random.bounded(4)) {
        case 0:
            return qint64(m_random.generate64());
        case 1:
            return m_random.bounded(-2000, 2001);
        default:
            return nudged(edges[size_t(m_random.bounded(int(edges.size())))]);
        }
    }
    QRandomGenerator m_random;
};

QString shown(const Case& given)
{
    return u"balance %1, amount %2, ceiling %3, overdraw %4, active %5"_s.arg(given.balance)
        .arg(given.amount)
        .arg(given.ceiling ? QString::number(*given.ceiling) : u"none"_s)
        .arg(given.mayOverdraw)
        .arg(given.active);
}

} // namespace

class tst_Decide final : public QObject
{
    Q_OBJECT

private slots:
    void keepsTheRule_data()
    {
        QTest::addColumn<Posting>("posting");
        QTest::addColumn<qint64>("balance");
        QTest::addColumn<QString>("answer");
        const auto row = [](const char* name, const Case& given, const QString& answer) {
            QTest::newRow(name) << postingOf(given) << given.balance << answer;
        };
        // Funds.
        row("covered", {.balance = 500, .amount = -500}, u"-500 at 0"_s);
        row("one short", {.balance = 499, .amount = -500}, u"CreditsInsufficient"_s);
        row("nothing there", {.balance = 0, .amount = -1}, u"CreditsInsufficient"_s);
        row("already below zero", {.balance = -5, .amount = -1}, u"CreditsInsufficient"_s);
        row("may overdraw", {.balance = 0, .amount = -7, .mayOverdraw = true}, u"-7 at -7"_s);
        row("spends nothing", {.balance = 5, .amount = 0}, u"0 at 5"_s);
        row("spends nothing below zero", {.balance = -5, .amount = 0}, u"0 at -5"_s);
        row("the lowest cost", {.balance = top, .amount = lowest}, u"CreditsInsufficient"_s);
        row("adds below zero", {.balance = -5, .amount = 3}, u"3 at -2"_s);
        // Ceiling.
        row("allowed", {.balance = 300, .amount = 200, .ceiling = 1000}, u"200 at 500"_s);
        row("exactly", {.balance = 800, .amount = 200, .ceiling = 1000}, u"200 at 1000"_s);
        row("clamped", {.balance = 500, .amount = 800, .ceiling = 1000}, u"500 at 1000 ceiling"_s);
        row("reached", {.balance = 1000, .amount = 1, .ceiling = 1000}, u"CeilingReached"_s);
        row("never lowers", {.balance = 1400, .amount = 50, .ceiling = 1000}, u"CeilingReached"_s);
        row("not for spends", {.balance = 1400, .amount = -50, .ceiling = 1000}, u"-50 at 1350"_s);
        row("not for nothing", {.balance = 1400, .amount = 0, .ceiling = 1000}, u"0 at 1400"_s);
        row("below zero", {.balance = -50, .amount = 100, .ceiling = -20}, u"30 at -20 ceiling"_s);
        row("beyond the range", {.balance = top - 1, .amount = 5, .ceiling = highest},
            u"1 at 2147483647 range"_s);
        row("lowest ceiling", {.balance = bottom, .amount = 5, .ceiling = lowest},
            u"CeilingReached"_s);
        // Range.
        row("overflow", {.balance = top - 100, .amount = 200}, u"100 at 2147483647 range"_s);
        row("at the top", {.balance = top, .amount = 1}, u"0 at 2147483647 range"_s);
        row("the highest amount", {.balance = bottom, .amount = highest},
            u"2147483647 at -1 range"_s);
        row("underflow", {.balance = bottom + 1000, .amount = -1500, .mayOverdraw = true},
            u"-1000 at -2147483648 range"_s);
        row("the lowest amount", {.balance = top, .amount = lowest, .mayOverdraw = true},
            u"-2147483648 at -1 range"_s);
        // Pending.
        row("pending", {.balance = 5, .amount = 100, .active = false}, u"100 at 5"_s);
        row("pending unfunded", {.balance = 5, .amount = -100, .active = false}, u"-100 at 5"_s);
        row("pending above a ceiling",
            {.balance = 1400, .amount = 50, .ceiling = 1000, .active = false}, u"50 at 1400"_s);
        row("pending beyond the column", {.balance = 5, .amount = highest, .active = false},
            u"2147483647 at 5 range"_s);
    }

    void keepsTheRule()
    {
        QFETCH(Posting, posting);
        QFETCH(qint64, balance);
        QFETCH(QString, answer);
        QCOMPARE(told(decide(Credits::of(balance), posting)), answer);
    }

    void refusalCarriesWhatItWasDecidedOn()
    {
        const auto answer = decided({.balance = 1000, .amount = 200, .ceiling = 800});
        const auto& refused = std::get<RefusalWithFacts>(answer);
        QCOMPARE(refused.refusal, Refusal::CeilingReached);
        QCOMPARE(refused.balance, Credits::of(1000));
        QCOMPARE(refused.requested, Credits::of(200));
        QVERIFY(refused.ceiling == Credits::of(800));
        QCOMPARE(refused.subject, u"ann"_s);
    }

    void agreesWithWideArithmetic()
    {
        const quint32 seed = seedOfThisRun();
        Cases cases(seed);
        QMap<QString, int> kinds;
        for (int i = 0; i < 200000; ++i) {
            const Case given = cases.next();
            const QString answer = told(decided(given));
            QVERIFY2(answer == expectedOf(given),
                     qPrintable(u"seed %1: %2: %3, not %4"_s.arg(seed).arg(shown(given), answer,
                                                                           expectedOf(given))));
            // "applied at balance clamp", or a refusal's name
            ++kinds[answer.contains(u' ') ? answer.section(u' ', 3) : answer];
        }
        // The cases reach every kind of answer, or the agreement proves little.
        for (const QString& kind :
             {QString(), u"ceiling"_s, u"range"_s, u"CreditsInsufficient"_s, u"CeilingReached"_s})
            QVERIFY2(kinds.value(kind) > 1000,
                     qPrintable(u"%1: %2"_s.arg(kind).arg(kinds.value(kind))));
    }

    void keepsItsPromisesInEveryCase()
    {
        const quint32 seed = seedOfThisRun();
        Cases cases(seed);
        for (int i = 0; i < 200000; ++i) {
            const Case given = cases.next();
            const auto answer = decided(given);
            const auto* moved = std::get_if<Movement>(&answer);
            if (!moved)
                continue;
            const QByteArray where = u"seed %1: %2"_s.arg(seed).arg(shown(given)).toUtf8();
            const Wide applied = moved->applied.value();
            QVERIFY2(moved->balance.fitsStorage(), where.constData());
            QVERIFY2(moved->applied.fitsStorage(), where.constData());
            QVERIFY2((applied < 0 ? -applied : applied) <=
                         (given.amount < 0 ? -Wide(given.amount) : Wide(given.amount)),
                     where.constData());
            QVERIFY2(applied == 0 || (applied < 0) == (given.amount < 0), where.constData());
            QVERIFY2((moved->clamp != Clamp::None) == (applied != given.amount), where.constData());
            const Wide movement = given.active ? applied : Wide(0);
            QVERIFY2(given.balance + movement == moved->balance.value(), where.constData());
            if (given.active && given.amount > 0 && given.ceiling)
                QVERIFY2(moved->balance.value() <= *given.ceiling, where.constData());
            if (given.active && given.amount < 0 && !given.mayOverdraw)
                QVERIFY2(!moved->balance.isNegative(), where.constData());
        }
    }

private:
    /// New in every run, so that runs add up; TALLYSTICK_SEED repeats one.
    static quint32 seedOfThisRun()
    {
        bool isGiven = false;
        const quint32 given = qEnvironmentVariable("TALLYSTICK_SEED").toUInt(&isGiven);
        const quint32 seed = isGiven ? given : QRandomGenerator::global()->generate();
        qInfo("TALLYSTICK_SEED=%u", seed);
        return seed;
    }
};

QTEST_GUILESS_MAIN(tst_Decide)
#include "tst_decide.moc"
