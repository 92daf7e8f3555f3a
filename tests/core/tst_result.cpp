// SPDX-License-Identifier: GPL-3.0-or-later
//! A result is exactly one of value, refusal and failure.
#include "ledger/core/result.h"

#include <QtTest/QtTest>

#include <memory>

using namespace tallystick;
using namespace Qt::StringLiterals;

class tst_Result final : public QObject
{
    Q_OBJECT

private slots:
    void holdsAValue()
    {
        Result<QString> result(u"here"_s);
        QVERIFY(result.ok());
        QVERIFY(result);
        QCOMPARE(*result, u"here"_s);
        QCOMPARE(result->size(), 4);
        QVERIFY(!result.refusal());
        QVERIFY(!result.failure());
        *result += u'!';
        QCOMPARE(result.value(), u"here!"_s);
    }

    void holdsARefusal()
    {
        const Result<int> result(
            RefusalWithFacts{.refusal = Refusal::KeyReused, .subject = u"k"_s});
        QVERIFY(!result);
        QVERIFY(!result.failure());
        QVERIFY(result.refusal());
        QCOMPARE(result.refusal()->refusal, Refusal::KeyReused);
        QCOMPARE(result.refusal()->subject, u"k"_s);
    }

    void holdsAFailure()
    {
        const Result<int> result(Failure{.kind = Failure::Kind::TimedOut, .sqlState = u"55P03"_s});
        QVERIFY(!result);
        QVERIFY(!result.refusal());
        QVERIFY(result.failure());
        QCOMPARE(result.failure()->sqlState, u"55P03"_s);
    }

    void handsAnErrorOnToAnotherType()
    {
        const Result<int> first(RefusalWithFacts{.refusal = Refusal::UserUnknown});
        const Result<QString> second(first.error());
        QVERIFY(second.refusal());
        QCOMPARE(second.refusal()->refusal, Refusal::UserUnknown);
    }

    void givesUpWhatItHolds()
    {
        Result<std::unique_ptr<int>> result(std::make_unique<int>(7));
        const std::unique_ptr<int> taken = std::move(result).value();
        QCOMPARE(*taken, 7);
    }

    void anErrorTypeCanBeAValueToo()
    {
        // Failure and RefusalWithFacts are told apart from T by index, not by type.
        const Result<QString> text(u"x"_s);
        const Outcome done(Done{});
        QVERIFY(text.ok() && done.ok());
    }
};

QTEST_GUILESS_MAIN(tst_Result)
#include "tst_result.moc"
