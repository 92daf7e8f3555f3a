// SPDX-License-Identifier: GPL-3.0-or-later
//! One line that names curves and their values, each behind a dab of its colour.
#pragma once
#include "ui/report/runseries.h"

#include <QtWidgets/QWidget>

namespace tallystick {

struct LegendEntry
{
    enum class Swatch { Line, Block, Hatched, Pale };
    QString name;
    QString value; ///< may be empty
    Ink ink = Ink::Blue;
    Swatch swatch = Swatch::Line;
};

/// Entries that do not fit are left out from the end, with an ellipsis in their place.
class LegendLine final : public QWidget
{
    Q_OBJECT
public:
    explicit LegendLine(QWidget* parent = nullptr);
    /// \a title stands first, in the text colour. Another one has entries of its own.
    void setTitle(const QString& title);
    void setEntries(const QList<LegendEntry>& entries);
    /// "ok 120/s, refused 3/s": what is drawn, for tests and screen readers.
    [[nodiscard]] QString text() const;
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    [[nodiscard]] int widthOf(const LegendEntry& entry) const;
    /// Where each entry begins: in the next line when this one is full.
    [[nodiscard]] QList<QPoint> places() const;
    void fit(bool mayShrink);
    QString m_title;
    QList<LegendEntry> m_entries;
};

/// The colour of \a ink on a widget with \a palette.
[[nodiscard]] QColor inkColor(Ink ink, const QPalette& palette);
/// The ink of a timeline entry's outcome; the same in every chart.
[[nodiscard]] Ink outcomeInk(const QString& outcome);

} // namespace tallystick
