// SPDX-License-Identifier: GPL-3.0-or-later
//! What may name a user or a transaction, and what may not.
#include "ledger/core/ids.h"

#include <QtCore/QRegularExpression>
#include <QtCore/QSet>
#include <QtTest/QtTest>

using namespace tallystick;
using namespace Qt::StringLiterals;

static_assert(!std::is_convertible_v<QString, UserId>, "text becomes an id only by from()");
static_assert(!std::is_convertible_v<UserId, TransactionKey>, "kinds of ids stay apart");

class tst_Ids final : public QObject
{
    Q_OBJECT

private slots:
    void acceptsOrRefuses_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("isId");
        QTest::newRow("plain") << u"user-1"_s << true;
        QTest::newRow("uuid") << u"3e53486c-cf57-477e-ba2a-cb02dc828e1a"_s << true;
        QTest::newRow("quotes") << u"O'Neil \"x\" `y` \\ $1 --"_s << true;
        QTest::newRow("emoji") << u"🪵🧾"_s << true;
        QTest::newRow("spaces around") << u"  a "_s << true;
        QTest::newRow("right to left") << u"משתמש"_s << true;
        QTest::newRow("direction marks") << u"a\u202Eb"_s << true;
        QTest::newRow("percent") << u"%1%s%n"_s << true;
        QTest::newRow("longest") << u"u"_s.repeated(500) << true;
        QTest::newRow("one too long") << u"u"_s.repeated(501) << false;
        QTest::newRow("ten thousand") << u"u"_s.repeated(10000) << false;
        QTest::newRow("empty") << QString() << false;
        QTest::newRow("null character") << QString(u'a') + QChar(0) << false;
        QTest::newRow("line feed") << u"a\nb"_s << false;
        QTest::newRow("tab") << u"a\tb"_s << false;
        QTest::newRow("delete") << QString(QChar(0x7f)) << false;
        QTest::newRow("C1 control") << QString(QChar(0x85)) << false;
        QTest::newRow("half a character") << QString(QChar(0xd83e)) << false;
        QTest::newRow("halves swapped") << QString(QChar(0xdd5e)) + QChar(0xd83e) << false;
    }

    void acceptsOrRefuses()
    {
        QFETCH(QString, text);
        QFETCH(bool, isId);
        QCOMPARE(isIdText(text, 500), isId);
        const auto id = UserId::from(text);
        QCOMPARE(id.has_value(), isId);
        if (id)
            QCOMPARE(id->text(), text);
    }

    void keysMayBeLongerThanUsers()
    {
        QVERIFY(TransactionKey::from(u"k"_s.repeated(1200)));
        QVERIFY(!TransactionKey::from(u"k"_s.repeated(1201)));
    }

    void emptyIdEqualsNoOther()
    {
        QVERIFY(UserId().isEmpty());
        QVERIFY(UserId() != *UserId::from(u"a"_s));
        QCOMPARE(UserId(), UserId());
    }

    void equalTextMeansEqualId()
    {
        const auto a = *UserId::from(u"a"_s);
        const auto b = *UserId::from(u"b"_s);
        QCOMPARE(a, *UserId::from(u"a"_s));
        QVERIFY(a != b && a < b && !(b < a));
        QCOMPARE(qHash(a, 7), qHash(*UserId::from(u"a"_s), 7));
    }

    void newKeysAreRandomUuids()
    {
        static const QRegularExpression version4(
            u"^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"_s);
        QSet<QString> seen;
        for (int i = 0; i < 10000; ++i) {
            const QString key = newTransactionKey().text();
            QVERIFY2(version4.match(key).hasMatch(), qPrintable(key));
            seen.insert(key);
        }
        QCOMPARE(seen.size(), 10000);
    }
};

QTEST_GUILESS_MAIN(tst_Ids)
#include "tst_ids.moc"
