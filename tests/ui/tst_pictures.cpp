// SPDX-License-Identifier: GPL-3.0-or-later
//! Every view can be rendered without a display, in the size and scale asked for.
#include "tests/support/fakeledger.h"
#include "ui/pictures.h"

#include <QtCore/QTemporaryDir>
#include <QtGui/QImage>
#include <QtTest/QtTest>
#include <QtWidgets/QApplication>

using namespace tallystick;

class TstPictures : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void rendersEveryView_data();
    void rendersEveryView();
    void writesNothingToTheLedger();
    void saysWhenItCannotWriteTheFiles();

private:
    [[nodiscard]] Result<QStringList> render(const PictureOptions& options);
    std::unique_ptr<FakeStore> m_store;
};

void TstPictures::init()
{
    m_store = std::make_unique<FakeStore>();
    const UserId ann = *UserId::from(QStringLiteral("ann"));
    m_store->addUser(ann, QStringLiteral("ann@example.com"), QStringLiteral("Ann"),
                     Credits::of(700));
    const UserId crime = *UserId::from(QStringLiteral("crime"));
    m_store->addUser(crime, QStringLiteral("crime@example.com"), QStringLiteral("Crime: TAIL"),
                     Credits::of(700));
    FakeAccount account = m_store->account(crime);
    account.balance = Credits::of(800);
    m_store->setAccount(crime, account);
}

Result<QStringList> TstPictures::render(const PictureOptions& options)
{
    return renderPictures(*qobject_cast<QApplication*>(QCoreApplication::instance()),
                          {.reader = m_store->opener(),
                           .writer = [this](Way) { return m_store->opener()(); },
                           .placeName = QStringLiteral("lab"),
                           .environment = EnvironmentClass::Lab},
                          options);
}

void TstPictures::rendersEveryView_data()
{
    QTest::addColumn<bool>("isDark");
    QTest::addColumn<QSize>("size");
    QTest::addColumn<double>("scale");
    QTest::newRow("light, small") << false << QSize(1024, 700) << 1.0;
    QTest::newRow("dark, doubled") << true << QSize(1200, 800) << 2.0;
}

void TstPictures::rendersEveryView()
{
    QFETCH(bool, isDark);
    QFETCH(QSize, size);
    QFETCH(double, scale);
    const QTemporaryDir directory;
    const auto paths = render({.outputDirectory = directory.filePath(QStringLiteral("new/folder")),
                               .scheme = isDark ? theme::Scheme::Dark : theme::Scheme::Light,
                               .size = size,
                               .scale = scale});
    QVERIFY(paths.ok());
    QStringList names;
    for (const QString& path : *paths) {
        const QImage image(path);
        QCOMPARE(image.size(), size * scale);
        QSet<QRgb> colors;
        for (int y = 0; y < image.height(); y += 3)
            for (int x = 0; x < image.width(); x += 3)
                colors << image.pixel(x, y);
        QVERIFY2(colors.size() > 20, qPrintable(path));
        const int corner = image.pixelColor(image.width() - 4, image.height() - 4).lightness();
        QCOMPARE(corner < 100, isDark);
        names << QFileInfo(path).completeBaseName().section(QLatin1Char('-'), 0, -2);
    }
    for (const char* name :
         {"customers", "customers-empty", "customers-error", "customer", "customer-not-verified",
          "form-top-up", "form-reward", "form-spend", "form-adjust", "form-refused", "receipt",
          "stress", "stress-unknown", "customer-details", "start", "start-error"})
        QVERIFY2(names.contains(QLatin1String(name)), name);
}

void TstPictures::writesNothingToTheLedger()
{
    const QTemporaryDir directory;
    QVERIFY(render({.outputDirectory = directory.path(), .size = {1024, 700}}).ok());
    const FakeAccount account = m_store->account(*UserId::from(QStringLiteral("ann")));
    QCOMPARE(account.rows.size(), 1);
    QCOMPARE(account.balance, Credits::of(700));
}

void TstPictures::saysWhenItCannotWriteTheFiles()
{
    QTemporaryDir directory;
    QFile file(directory.filePath(QStringLiteral("file")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    const auto paths = render({.outputDirectory = file.fileName() + QStringLiteral("/below")});
    QVERIFY(paths.failure());
    QCOMPARE(paths.failure()->kind, Failure::Kind::FileTrouble);
}

QTEST_MAIN(TstPictures)
#include "tst_pictures.moc"
