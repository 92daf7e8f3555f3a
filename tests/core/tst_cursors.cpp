// SPDX-License-Identifier: GPL-3.0-or-later
//! A cursor survives the way through a shell, and nothing else passes for one.
#include "ledger/core/transaction.h"
#include "ledger/core/user.h"

#include <QtCore/QRegularExpression>
#include <QtTest/QtTest>

using namespace tallystick;
using namespace Qt::StringLiterals;

class tst_Cursors final : public QObject
{
    Q_OBJECT

private slots:
    void historyCursorComesBack_data()
    {
        QTest::addColumn<qint64>("micros");
        QTest::addColumn<QString>("key");
        QTest::newRow("plain") << qint64(1700000000123456) << u"key"_s;
        QTest::newRow("separator inside") << qint64(5) << u"~a~b~"_s;
        QTest::newRow("emoji and quotes") << qint64(5) << u"🧾'\" \\"_s;
        QTest::newRow("before the epoch") << qint64(-7) << u"k"_s;
        QTest::newRow("extreme") << std::numeric_limits<qint64>::min() << u"k"_s;
        QTest::newRow("long") << std::numeric_limits<qint64>::max() << u"k"_s.repeated(1200);
    }

    void historyCursorComesBack()
    {
        QFETCH(qint64, micros);
        QFETCH(QString, key);
        const HistoryCursor cursor{.createdAt = Instant{micros}, .key = *TransactionKey::from(key)};
        const QString text = cursor.text();
        QVERIFY2(shellSafe().match(text).hasMatch(), qPrintable(text));
        const auto back = HistoryCursor::from(text);
        QVERIFY(back);
        QCOMPARE(back->createdAt.micros, micros);
        QCOMPARE(back->key.text(), key);
    }

    void userCursorComesBack()
    {
        for (const QString& email :
             {u"ann@example.com"_s, u"~"_s, u"1~2"_s, u"אבג"_s, u"u"_s.repeated(500)}) {
            const QString text = UserCursor{.rank = 1, .email = email}.text();
            QVERIFY2(shellSafe().match(text).hasMatch(), qPrintable(text));
            const auto back = UserCursor::from(text);
            QVERIFY(back);
            QCOMPARE(back->rank, 1);
            QCOMPARE(back->email, email);
        }
    }

    void differentPlacesHaveDifferentTexts()
    {
        QVERIFY((UserCursor{.rank = 0, .email = u"a"_s}.text()) !=
                (UserCursor{.rank = 0, .email = u"b"_s}.text()));
        QVERIFY((UserCursor{.rank = 0, .email = u"a"_s}.text()) !=
                (UserCursor{.rank = 1, .email = u"a"_s}.text()));
        const HistoryCursor one{.createdAt = Instant{1}, .key = *TransactionKey::from(u"k"_s)};
        const HistoryCursor two{.createdAt = Instant{2}, .key = *TransactionKey::from(u"k"_s)};
        QVERIFY(one.text() != two.text());
    }

    void nothingElsePasses_data()
    {
        QTest::addColumn<QString>("text");
        const auto base64 = [](const QByteArray& plain) {
            return QString::fromLatin1(
                plain.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
        };
        QTest::newRow("empty") << QString();
        QTest::newRow("a word") << u"next"_s;
        QTest::newRow("not base64") << u"!!!"_s;
        QTest::newRow("no separator") << base64("12345");
        QTest::newRow("no key") << base64("12345~");
        QTest::newRow("no number") << base64("abc~key");
        QTest::newRow("too large a number") << base64("9223372036854775808~key");
        QTest::newRow("control character") << base64(QByteArray("5~a\0b", 5));
        QTest::newRow("too long a key") << base64("5~" + QByteArray(1201, 'k'));
        QTest::newRow("SQL") << base64("1 or 1=1~key");
    }

    void nothingElsePasses()
    {
        QFETCH(QString, text);
        QVERIFY(!HistoryCursor::from(text));
    }

    void usersCursorRefusesWhatIsNone()
    {
        for (const QByteArray& plain : {QByteArray("-1~a"), QByteArray("10~a"), QByteArray("0~"),
                                        QByteArray("0~a\0", 4), "0~" + QByteArray(4001, 'a')}) {
            const QString text = QString::fromLatin1(plain.toBase64(QByteArray::Base64UrlEncoding));
            QVERIFY2(!UserCursor::from(text), plain.constData());
        }
        for (const QString& text : {QString(), u"!!!"_s, u"next"_s})
            QVERIFY2(!UserCursor::from(text), qPrintable(text));
    }

private:
    static const QRegularExpression& shellSafe()
    {
        static const QRegularExpression pattern(u"^[A-Za-z0-9_-]+$"_s);
        return pattern;
    }
};

QTEST_GUILESS_MAIN(tst_Cursors)
#include "tst_cursors.moc"
