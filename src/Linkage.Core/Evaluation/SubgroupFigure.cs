namespace Linkage.Core.Evaluation;

/// <summary>In which figure a group of records can be worse off than another.</summary>
public enum SubgroupFigure
{
    /// <summary>Recall: its true pairs are missed more often.</summary>
    Recall,

    /// <summary>Precision: its records are linked to strangers more often.</summary>
    Precision,

    /// <summary>Share of unlinkable records: fewer of its records could be linked to a copy.</summary>
    Unlinkable,
}
