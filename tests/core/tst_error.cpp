// SPDX-License-Identifier: GPL-3.0-or-later
//! The list of refusals is closed, its codes are fixed, and failures say what may follow.
#include "ledger/core/error.h"

#include <QtCore/QSet>
#include <QtTest/QtTest>

using namespace tallystick;
using namespace Qt::StringLiterals;

class tst_Error final : public QObject
{
    Q_OBJECT

private slots:
    void codesAreWhatServersAnswer_data()
    {
        QTest::addColumn<Refusal>("refusal");
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("name");
        QTest::newRow("1") << Refusal::UserUnknown << u"LG001"_s << u"UserUnknown"_s;
        QTest::newRow("2") << Refusal::CreditsInsufficient << u"LG002"_s
                           << u"CreditsInsufficient"_s;
        QTest::newRow("3") << Refusal::CeilingReached << u"LG003"_s << u"CeilingReached"_s;
        QTest::newRow("4") << Refusal::KeyReused << u"LG004"_s << u"KeyReused"_s;
        QTest::newRow("5") << Refusal::AlreadyClaimed << u"LG005"_s << u"AlreadyClaimed"_s;
        QTest::newRow("6") << Refusal::AlreadyActive << u"LG006"_s << u"AlreadyActive"_s;
        QTest::newRow("7") << Refusal::AlreadyReversed << u"LG007"_s << u"AlreadyReversed"_s;
        QTest::newRow("8") << Refusal::RefundExceedsPayment << u"LG008"_s
                           << u"RefundExceedsPayment"_s;
        QTest::newRow("9") << Refusal::TransactionUnknown << u"LG009"_s << u"TransactionUnknown"_s;
        QTest::newRow("10") << Refusal::NotReversible << u"LG010"_s << u"NotReversible"_s;
        QTest::newRow("11") << Refusal::AmountInvalid << u"LG011"_s << u"AmountInvalid"_s;
        QTest::newRow("12") << Refusal::IdInvalid << u"LG012"_s << u"IdInvalid"_s;
        QTest::newRow("13") << Refusal::MetadataInvalid << u"LG013"_s << u"MetadataInvalid"_s;
        QTest::newRow("14") << Refusal::UserExists << u"LG014"_s << u"UserExists"_s;
        QTest::newRow("15") << Refusal::NotARefundablePayment << u"LG015"_s
                            << u"NotARefundablePayment"_s;
        QTest::newRow("16") << Refusal::RefusedByStatement << u"LG016"_s << u"RefusedByStatement"_s;
    }

    void codesAreWhatServersAnswer()
    {
        QFETCH(Refusal, refusal);
        QFETCH(QString, code);
        QFETCH(QString, name);
        QCOMPARE(codeOf(refusal), code);
        QCOMPARE(nameOf(refusal), name);
        QVERIFY(refusalWithCode(code) == refusal);
    }

    void listIsCompleteAndUnique()
    {
        QSet<QString> codes;
        QSet<QString> names;
        for (const Refusal refusal : allRefusals) {
            codes.insert(codeOf(refusal));
            names.insert(nameOf(refusal));
        }
        // As many as enumerators: the last one's place in the enum is the list's last index.
        QCOMPARE(codes.size(), qsizetype(allRefusals.size()));
        QCOMPARE(names.size(), qsizetype(allRefusals.size()));
        QCOMPARE(size_t(allRefusals.back()), allRefusals.size() - 1);
        QCOMPARE(int(allRefusals.size()), 16); // a new one needs a row in the test above
    }

    void foreignCodesAreNoRefusals_data()
    {
        QTest::addColumn<QString>("code");
        for (const char* const code :
             {"", "LG000", "LG017", "LG1", "lg001", "LG001 ", "23505", "P0001"})
            QTest::newRow(code[0] ? code : "empty") << QString::fromLatin1(code);
    }

    void foreignCodesAreNoRefusals()
    {
        QFETCH(QString, code);
        QVERIFY(!refusalWithCode(code));
    }

    void failuresSayWhatMayFollow_data()
    {
        using Kind = Failure::Kind;
        QTest::addColumn<Failure::Kind>("kind");
        QTest::addColumn<QString>("sqlState");
        QTest::addColumn<bool>("mayRetry");
        QTest::addColumn<bool>("needsNewSession");
        QTest::newRow("unreachable") << Kind::Unreachable << QString() << false << true;
        QTest::newRow("starting up") << Kind::Unreachable << u"57P03"_s << true << true;
        QTest::newRow("session lost") << Kind::SessionLost << u"57P01"_s << true << true;
        QTest::newRow("deadlock") << Kind::Conflict << u"40P01"_s << true << false;
        QTest::newRow("timed out") << Kind::TimedOut << u"55P03"_s << true << false;
        QTest::newRow("in doubt") << Kind::OutcomeUnknown << QString() << true << true;
        QTest::newRow("read only") << Kind::ReadOnly << u"25006"_s << false << false;
        QTest::newRow("not allowed") << Kind::NotAllowed << u"42501"_s << false << false;
        QTest::newRow("schema") << Kind::SchemaMismatch << u"42P01"_s << false << false;
        QTest::newRow("no marker") << Kind::NoLabMarker << QString() << false << false;
        QTest::newRow("disk full") << Kind::ServerFull << u"53100"_s << false << false;
        QTest::newRow("too many clients") << Kind::ServerFull << u"53300"_s << true << false;
        QTest::newRow("cancelled") << Kind::Cancelled << u"57014"_s << false << false;
        QTest::newRow("unexpected") << Kind::Unexpected << u"XX000"_s << false << false;
    }

    void failuresSayWhatMayFollow()
    {
        QFETCH(Failure::Kind, kind);
        QFETCH(QString, sqlState);
        QFETCH(bool, mayRetry);
        QFETCH(bool, needsNewSession);
        const Failure failure{.kind = kind, .sqlState = sqlState};
        QCOMPARE(failure.mayRetry(), mayRetry);
        QCOMPARE(failure.needsNewSession(), needsNewSession);
    }

    void everyKindOfFailureHasItsOwnName()
    {
        QSet<QString> names;
        const int last = int(Failure::Kind::Unexpected);
        for (int kind = 0; kind <= last; ++kind)
            names.insert(nameOf(Failure::Kind(kind)));
        QCOMPARE(names.size(), last + 1);
    }
};

QTEST_GUILESS_MAIN(tst_Error)
#include "tst_error.moc"
